"""What is said about groups."""

from app.api.deskie.schemas.fields import Lenient, number, text
from app.api.deskie.schemas.lines import line
from app.api.deskie.schemas.staff import LONGEST_SIGNATURE
from app.people.teams import LONGEST_NAME


class _Facts(Lenient):
    """What is said of a group, when it is made and later."""

    group_from_name = line(LONGEST_NAME, blank=True, allow_none=True)
    group_signature = text(LONGEST_SIGNATURE, allow_none=True)


class NewGroup(_Facts):
    """Body of POST /groups.json, inside of ``group``."""

    group_title = line(LONGEST_NAME, required=True)


class GroupChange(_Facts):
    """Body of PUT /groups/{id}.json, inside of ``group``."""

    group_title = line(LONGEST_NAME)


class GroupReplaced(Lenient):
    """Body of PUT /groups/{id}/disable.json and DELETE /groups/{id}.json, inside of ``group``."""

    replace_group_id = number(required=True)
