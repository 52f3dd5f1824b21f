"""What is said about cases, and what a list of them is asked for."""

import json
from typing import Any

from marshmallow import ValidationError, fields, pre_load, validates_schema

from app.api.kayako.paging import Paged
from app.api.kayako.schemas.fields import moment, numbers, parts, word, words
from app.api.kayako.schemas.files import WithFiles
from app.api.kayako.words import CUSTOM, MAIL, NOTE, TYPES, UNSPOKEN
from app.api.lenient import LARGEST_ID, TEXTS, Lenient, flag, number, text
from app.cases.posting import LONGEST_BODY
from app.people.models import IdentityKind

LONGEST_SUBJECT, LONGEST_LEGACY_ID = 500, 200
STATUSES = [*TYPES.values(), CUSTOM]
CHANNELS = [MAIL, NOTE, "HELPCENTER", *dict.fromkeys(UNSPOKEN.values())]
IDENTITIES = {kind.upper(): kind for kind in (IdentityKind.EMAIL, IdentityKind.PHONE)}
# What may also be an object with an id.
THINGS = ("requester", "assigned_agent", "assigned_team", "status", "priority", "type", "form")
ABROAD = {kind.upper(): kind for kind in (IdentityKind.TWITTER, IdentityKind.FACEBOOK)}

Json = dict[str, Any]


class Narrowed(Paged):
    """The query of the cases of somebody, or of an organization."""

    status = words(STATUSES)
    priority = number(most=LARGEST_ID)


class CaseQuery(Narrowed):
    """The query of GET /cases. With ids or legacy ids nothing else narrows it."""

    identity_type = word([*IDENTITIES, *ABROAD])
    identity_value = text(320)
    tags = parts()
    start_time = moment()
    ids = numbers()
    legacy_ids = parts()

    @validates_schema
    def _identity(self, asked: Json, **_: Any) -> None:
        if "identity_type" in asked and not asked.get("identity_value"):
            raise ValidationError("This field is required with identity_type.", field_name="identity_value")


class ChannelOptions(fields.Field[Json]):
    """``{"cc": "a@x.test,b@x.test", "html": true}``, also as a text that is JSON."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Json:
        found = value
        if isinstance(value, str):
            try:
                found = json.loads(value or "{}")
            except ValueError:
                raise ValidationError('This must be an object, such as {"html": true}.') from None
        if found == []:
            return {}
        if not isinstance(found, dict):
            raise ValidationError('This must be an object, such as {"html": true}.')
        return dict(OptionsOfChannel().load(found))


class OptionsOfChannel(Lenient):
    """What a channel is told beside the text."""

    cc = parts()
    html = flag(load_default=False)
    type = text(40)


def channel_options() -> ChannelOptions:
    """What a channel is told beside the text."""
    return ChannelOptions(load_default=dict, error_messages=TEXTS, metadata={"type": ["object", "string"]})


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
    legacy_id = text(LONGEST_LEGACY_ID, allow_none=True)


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
