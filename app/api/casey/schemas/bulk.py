"""What is said about bulk work."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from app.api.casey.schemas.changes import Assignment, CaseChange, Snooze
from app.api.casey.schemas.fields import TEXTS, Empty, Page, Strict, a_json_object, a_uuid_of, address, one_of, text
from app.api.casey.schemas.labels import Tags
from app.api.casey.schemas.links import Merge
from app.api.casey.schemas.persons import NewParticipant
from app.api.casey.schemas.told import Json, Refer, either
from app.bulk.models import RowStatus
from app.bulk.on_cases import ON_CASES
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY

MOST_CASES = 10_000
MOST_MESSAGES = 10_000


class _BulkPost(Strict):
    """The same text for many cases, as such or as HTML or as both. ``WORD`` is what the text is called."""

    WORD: str

    sender = address(required=True, data_key="from")
    html = text(LONGEST_HTML)

    @validates_schema(skip_on_field_errors=False)
    def _something_is_said(self, new: dict[str, Any], **_: Any) -> None:
        if self.WORD not in new and "html" not in new:
            raise ValidationError(TEXTS["required"], field_name=self.WORD)

    def told(self, _refer: Refer) -> Json:
        return either(self.WORD, "html")


class BulkMessage(_BulkPost):
    """What the act ``message`` takes."""

    WORD = "message"

    message = text(LONGEST_BODY, like="It works again.")


class BulkNote(_BulkPost):
    """What the act ``note`` takes."""

    WORD = "note"

    note = text(LONGEST_BODY, like="It was the storm.")


class Whom(Strict):
    """What the act ``remove_participant`` takes."""

    person = a_uuid_of("a person", required=True)


WITH: Mapping[str, type[Schema]] = {
    "change": CaseChange,
    "assign": Assignment,
    "snooze": Snooze,
    "tag": Tags,
    "untag": Tags,
    "retag": Tags,
    "message": BulkMessage,
    "note": BulkNote,
    "add_participant": NewParticipant,
    "remove_participant": Whom,
    "merge": Merge,
}


class BulkOrder(Strict):
    """Body of POST /bulk/cases. ``with`` is what the same takes for one case, see WITH."""

    act = fields.String(
        required=True,
        validate=validate.OneOf(list(ON_CASES), error=f"This must be {' or '.join(ON_CASES)}."),
        error_messages={**TEXTS, "invalid": "This must be a string."},
        metadata={"examples": ["tag"]},
    )
    options = a_json_object(data_key="with", load_default=dict, metadata={"examples": [{"tags": ["urgent"]}]})
    cases = fields.List(
        fields.UUID(error_messages={"invalid_uuid": "This must be the uuid of a case."}),
        required=True,
        validate=validate.Length(1, MOST_CASES, error=f"There must be 1 to {MOST_CASES:,} cases."),
        error_messages={**TEXTS, "invalid": "This must be an array of uuids."},
    )

    @post_load
    def _with_what_the_act_takes(self, found: dict[str, Any], **_: Any) -> dict[str, Any]:
        try:
            return {**found, "options": WITH.get(found["act"], Empty)().load(found["options"])}
        except ValidationError as error:
            raise ValidationError({"with": error.messages}) from None

    def told(self, refer: Refer) -> Json:
        """Each act with what it takes."""
        acts: dict[type[Schema], list[str]] = {}
        for act in ON_CASES:
            acts.setdefault(WITH.get(act, Empty), []).append(act)
        return {"oneOf": [_order(names, taken, refer) for taken, names in acts.items()]}


def _order(acts: list[str], taken: type[Schema], refer: Refer) -> Json:
    needed = any(one.required for one in taken().fields.values()) or issubclass(taken, _BulkPost)
    members = {"act": {"enum": acts}, "with": refer(taken)}
    return {"properties": members, **({"required": ["with"]} if needed else {})}


class RowsPage(Page):
    """Query of the list of the rows of a job."""

    status = one_of(RowStatus, load_default=None)
