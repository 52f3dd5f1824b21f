"""What is said about a case to change it."""

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from app.api.casey.schemas.fields import TEXTS, Strict, a_json_object, a_time, a_uuid_of, line, one_of
from app.api.casey.schemas.meta import own_data
from app.api.casey.schemas.told import Json, Refer
from app.cases.forms import LONGEST_TITLE
from app.cases.models import Priority, Status
from app.cases.statuses import LONGEST_LABEL

LANGUAGE = validate.Regexp(
    r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", error="This must be a language tag, such as en or pt-BR."
)
NOT_LONGER = validate.Length(2, 35, error="This must be 2 to 35 characters long.")


class CaseChange(Strict):
    """Body of PATCH /cases/{uuid}. What is left out stays as it is; null empties."""

    subject = line(500, like="I found a bug")
    type = line(40, allow_none=True)
    category = line(100, allow_none=True)
    language = fields.String(
        validate=[LANGUAGE, NOT_LONGER], allow_none=True, error_messages={**TEXTS, "invalid": "This must be a string."}
    )
    meta = own_data()
    custom_fields = a_json_object(data_key="fields")
    priority = one_of(Priority)
    status = one_of(Status)
    custom_status = line(LONGEST_LABEL, allow_none=True)
    form = line(LONGEST_TITLE, allow_none=True)
    requester = a_uuid_of("a person")
    assignee = a_uuid_of("a person", allow_none=True)
    team = a_uuid_of("a team", allow_none=True)

    @validates_schema
    def _one_status(self, new: dict[str, Any], **_: Any) -> None:
        if "status" in new and new.get("custom_status") is not None:
            raise ValidationError("A custom status has a status as its base; leave status out.", "custom_status")

    def told(self, _refer: Refer) -> Json:
        return {"not": {"required": ["status", "custom_status"], "properties": {"custom_status": {"type": "string"}}}}


class Assignment(Strict):
    """Body of POST /cases/{uuid}/assign."""

    person = a_uuid_of("a person", allow_none=True)
    team = a_uuid_of("a team", allow_none=True)


class Snooze(Strict):
    """Body of POST /cases/{uuid}/snooze."""

    until = a_time(required=True)
