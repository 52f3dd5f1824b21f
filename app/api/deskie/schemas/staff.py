"""What is said about staff."""

from app.api.deskie.schemas.fields import Lenient, number, text
from app.api.deskie.schemas.lines import line
from app.api.deskie.schemas.pages import Paged
from app.people.identities import LONGEST
from app.people.nameless import LONGEST_NAME

LONGEST_SIGNATURE = 20_000


class StaffAsked(Lenient):
    """Query of GET /staff/{id}.json. A person has one signature, whatever the language."""

    language_id = text(35)


class StaffPage(Paged, StaffAsked):
    """Query of GET /staff.json."""


class StaffFacts(Lenient):
    """What is said of somebody, when he is made and later. ``role_id`` is one of GET /staff_roles.json."""

    staff_full_name = line(LONGEST_NAME, blank=True)
    staff_signature = text(LONGEST_SIGNATURE, allow_none=True)
    staff_signature_chat = text(LONGEST_SIGNATURE, allow_none=True)
    role_id = number()


class NewStaff(StaffFacts):
    """Body of POST /staff.json, inside of ``staff``."""

    staff_email = text(LONGEST, required=True, least=1)


class StaffChange(StaffFacts):
    """Body of PUT /staff/{id}.json, inside of ``staff``."""

    staff_email = text(LONGEST, least=1)
    staff_full_name = line(LONGEST_NAME)


class StaffReplaced(Lenient):
    """Body of PUT /staff/{id}/disable.json and DELETE /staff/{id}.json, inside of ``staff``."""

    replace_staff_id = number(required=True)
