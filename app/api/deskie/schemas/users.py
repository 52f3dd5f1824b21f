"""What is said and asked about users."""

from typing import Any

from marshmallow import pre_load

from app.api.deskie.schemas.cases import own_fields
from app.api.deskie.schemas.contacts import Contacts
from app.api.deskie.schemas.fields import Lenient, flag, moment, number, several, text
from app.api.deskie.schemas.pages import Paged
from app.people.identities import LONGEST
from app.people.profile import LONGEST_NOTE

Json = dict[str, Any]


class User(Contacts):
    """Body of POST /users.json, where one of the contacts is needed, and of PUT /users/{id}.json."""

    company_name = text(200)
    company_position = text(200)
    user_note = text(LONGEST_NOTE)
    language_id = number()
    custom_fields = own_fields()


class AnotherUser(Lenient):
    """Body of PUT /users/{id}/link.json and /unlink.json, inside of ``user`` or not."""

    user_id = number()
    user_email = text(LONGEST)
    user_phone = text(LONGEST)

    @pre_load
    def said(self, given: Any, **options: Any) -> Any:
        """What stands inside of ``user``, if anything does."""
        inside = given.get("user") if isinstance(given, dict) else None
        return super().said(inside if isinstance(inside, dict) else given, **options)


class Users(Paged):
    """Query of GET /users.json."""

    user_email = several(text(LONGEST))
    user_phone = several(text(LONGEST))
    user_custom_id = several(text(LONGEST))
    user_custom_channel = text(19)
    company_id = several(number())
    language_id = several(number())
    custom_fields = own_fields()
    amount_of_cases = flag(load_default=False)
    from_time = moment()
    to_time = moment()
    from_updated_time = moment()
    to_updated_time = moment()
    from_last_contact_time = moment()
    to_last_contact_time = moment()
