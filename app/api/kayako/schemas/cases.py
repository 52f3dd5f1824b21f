"""What is said about cases."""

from typing import Any

from marshmallow import ValidationError, fields, pre_load

from app.api.kayako.schemas.channels import CHANNELS, channel_options
from app.api.kayako.schemas.fields import numbers, parts, word
from app.api.kayako.schemas.files import WithFiles
from app.api.kayako.words import MAIL, TYPES
from app.api.lenient import TEXTS, Lenient, flag, number, text
from app.cases.posting import LONGEST_BODY

LONGEST_SUBJECT, LONGEST_LEGACY_ID = 500, 200
# What may also be an object with an id.
THINGS = ("requester", "assigned_agent", "assigned_team", "status", "priority", "type", "form")

Json = dict[str, Any]


class Values(fields.Field[Json]):
    """What is said in fields, by their keys. PHP writes an empty object as an empty array."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Json:
        found = {} if value in ([], "") else value
        if not isinstance(found, dict):
            raise ValidationError('This must be an object, such as {"product": "80"}.')
        return found


def field_values() -> Values:
    """What is said in fields of the operator's own: ``{"product": "80"}``."""
    return Values(error_messages=TEXTS, metadata={"type": "object"})


class Facts(Lenient):
    """What is said of a case, when it is opened and later. 0 and null are nobody, or nothing.

    Statuses and priorities may also be said by their words, and who answers for it by an object with an id.
    """

    requester_id = number()
    assigned_team_id = number(allow_none=True)
    assigned_agent_id = number(allow_none=True)
    status_id = number()
    priority_id = number(allow_none=True)
    type_id = number(allow_none=True)
    form_id = number(allow_none=True)
    brand_id = number(allow_none=True)
    field_values = field_values()
    status = word(list(TYPES.values()))
    priority = word(["LOW", "NORMAL", "HIGH", "URGENT"])

    @pre_load
    def _labels(self, said: Any, **_: Any) -> Any:
        """``{"assigned_agent": {"id": 2}, "tags": [{"name": "late"}]}`` is as good as ids and names."""
        if not isinstance(said, dict):
            return said
        told = dict(said)
        for name in THINGS:
            if isinstance(said.get(name), dict):
                thing = told.pop(name)
                told |= {f"{name}_id": thing["id"]} if "id" in thing and f"{name}_id" not in said else {}
        if isinstance(said.get("tags"), list):
            told["tags"] = [one.get("name", "") if isinstance(one, dict) else one for one in said["tags"]]
        return told


class NewCase(Facts, WithFiles):
    """Body of POST /cases."""

    subject = text(LONGEST_SUBJECT, least=1, required=True)
    contents = text(LONGEST_BODY, least=1, required=True)
    legacy_id = text(LONGEST_LEGACY_ID, allow_none=True)
    creator_id = number(allow_none=True)
    channel = word(CHANNELS, load_default=MAIL)
    channel_id = number(allow_none=True)
    channel_options = channel_options()
    tags = parts(load_default=list)
    client_id = text(200)


class CaseChange(Facts):
    """Body of PUT and PATCH /cases/{id}."""

    subject = text(LONGEST_SUBJECT, least=1)
    state = word(["TRASH"])
    tags = parts()


class Ids(Lenient):
    """Which cases, in the query."""

    ids = numbers(load_default=list)


class IdsInBody(Lenient):
    """The same in the body."""

    ids = numbers(load_default=list)


class ManyChange(Facts, IdsInBody):
    """Body of PUT /cases: the same for several of them."""

    state = word(["TRASH"])
    reply = text(LONGEST_BODY, least=1)
    notes = text(LONGEST_BODY, least=1)
    tags = parts()


class Tags(Lenient):
    """A body that names tags."""

    tags = parts(required=True)

    @pre_load
    def _named(self, said: Any, **_: Any) -> Any:
        """``[{"name": "late"}]`` is as good as names."""
        if isinstance(said, dict) and isinstance(said.get("tags"), list):
            return {**said, "tags": [one.get("name", "") if isinstance(one, dict) else one for one in said["tags"]]}
        return said


class TagsInQuery(Lenient):
    """A query that names tags."""

    tags = parts(required=True)


class Merge(Lenient):
    """Body of POST /cases/{id}/merge. ``share`` is ours: that the customers of each may read what the others wrote."""

    case_ids = numbers(required=True)
    share = flag(load_default=False)
