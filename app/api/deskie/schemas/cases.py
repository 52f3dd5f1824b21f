"""What is said about cases."""

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from app.api.deskie.schemas.addresses import addresses
from app.api.deskie.schemas.channels import channel_of_case
from app.api.deskie.schemas.contacts import Contacts
from app.api.deskie.schemas.fields import TEXTS, Lenient, moment, number, one_of, several, text
from app.api.deskie.schemas.files import WithFiles
from app.api.deskie.words import WRITTEN
from app.cases.content import LONGEST_HTML
from app.cases.models import Priority
from app.cases.posting import LONGEST_BODY

LONGEST_SUBJECT = 500

Json = dict[str, Any]


class OwnFields(fields.Dict):
    """What is said by name. PHP writes an object that holds nothing as an empty array."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        said = {} if value in ([], "") else value
        return super()._deserialize(said, attr, data, **options)  # type: ignore[no-untyped-call]


def own_fields() -> OwnFields:
    """What is said in fields of the operator's own: ``{"cf_25": "some text"}``."""
    sentence = 'This must be an object, such as {{"cf_25": "some text"}}.'  # the braces of a format
    return OwnFields(keys=fields.String(), error_messages={**TEXTS, "invalid": sentence})


def check_something_is_said(new: Json) -> None:
    """Raises ValidationError where there is neither a text nor HTML."""
    if not (new.get("content", "").strip() or new.get("content_html", "").strip()):
        raise ValidationError("This field is required, or content_html in its place.", field_name="content")


class Facts(Lenient):
    """What is said of a case, when it is opened and later."""

    group_id = number()
    staff_id = number()
    priority = one_of([*Priority])
    status = one_of(WRITTEN)
    language_id = number()
    custom_fields = own_fields()


class NewCase(Facts, Contacts, WithFiles):
    """Body of POST /cases.json, inside of ``case``. One of the contacts is needed."""

    subject = text(LONGEST_SUBJECT, required=True)
    content = text(LONGEST_BODY)
    content_html = text(LONGEST_HTML)
    channel = channel_of_case()
    labels = several(number(), load_default=list)
    created_at = moment()
    cc_emails = addresses(load_default=list)
    bcc_emails = addresses(load_default=list)

    @validates_schema
    def _content(self, new: Json, **_: Any) -> None:
        check_something_is_said(new)


class CaseChange(Facts, Contacts):
    """Body of PUT /cases/{ids}.json, inside of ``case``. A contact makes the case another user's."""

    subject = text(LONGEST_SUBJECT, least=1)
    user_id = number()
    labels = several(number())
    add_labels = several(number(), load_default=list)
    delete_labels = several(number(), load_default=list)
