"""The contact form: what is always asked, and the operator's own fields."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    MultipleFileField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs know it not yet
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from app.cases.custom_fields import CustomField, FieldType
from app.cases.field_values import kept_in
from app.cases.posting import LONGEST_BODY
from app.people.addresses import takes_address
from app.portal.contact_token import new_token
from app.translating import lazily

OWN = "own_"
MOST_FILES, LARGEST_FILES = 10, 10 * 1024 * 1024
TOO_LONG = lazily("This is too long. Please write less.")


def can_be_answered(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError for everything that cannot be anybody's address."""
    if not takes_address(field.data or ""):
        raise ValidationError(lazily("Please check this address. It should be like una@example.com."))


def few_and_small(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError for more files than a message takes."""
    files = [one for one in field.data or [] if one and one.filename]
    sizes = [one.stream.seek(0, 2) for one in files]
    for one in files:
        one.stream.seek(0)
    if len(files) > MOST_FILES or sum(sizes) > LARGEST_FILES:
        raise ValidationError(lazily("Please attach at most 10 files, together no more than 10 MB."))


class Contact(FlaskForm):  # type: ignore[misc]
    """What everybody is asked. ``website`` is a trap: people do not see it, programs fill it in."""

    class Meta:
        csrf = False  # its token does without a cookie: see contact_token

    token = HiddenField()
    website = StringField(lazily("Please leave this empty"))
    name = StringField(lazily("Your name"), [Length(max=200, message=TOO_LONG)])
    address = StringField(
        lazily("Your e-mail address"), [DataRequired(lazily("Please say where we can answer you.")), can_be_answered]
    )
    subject = StringField(
        lazily("Subject"), [DataRequired(lazily("Please say what it is about.")), Length(max=500, message=TOO_LONG)]
    )
    message = TextAreaField(
        lazily("Your message"),
        [DataRequired(lazily("Please write something first.")), Length(max=LONGEST_BODY, message=TOO_LONG)],
    )
    files = MultipleFileField(lazily("Files"), [few_and_small])

    def renew(self) -> None:
        """Let it be sent once more."""
        self.token.data = new_token()

    @property
    def own(self) -> list[Field]:
        """The operator's fields."""
        return [one for one in self if one.name.startswith(OWN)]


def contact_form(fields: Sequence[CustomField]) -> Contact:
    """The form with these fields in it, filled in as far as the request says."""
    asked = {f"{OWN}{one.id}": _asked(one) for one in fields}
    form: Contact = type("ContactWithFields", (Contact,), asked)()
    return form


def said_in(form: Contact, fields: Sequence[CustomField]) -> Mapping[str, Any]:
    """What was said in the operator's fields, by their keys."""
    said = {one.key: _value(one, form[f"{OWN}{one.id}"].data) for one in fields}
    return {key: value for key, value in said.items() if value is not None}


def _asked(field: CustomField) -> Field:
    def fits(form: FlaskForm, asked: Field) -> None:
        try:
            kept_in(field, _value(field, asked.data))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    missing = lazily("Please fill this in.")
    needed = InputRequired(missing) if field.required and field.type is not FieldType.CHECKBOX else Optional()
    return _drawn(field, [needed, fits])


def _drawn(field: CustomField, checks: list[Any]) -> Field:
    chosen = [SelectChoice(one.key, one.title) for one in field.options]
    match field.type:
        case FieldType.TEXTAREA:
            return TextAreaField(field.title, checks)
        case FieldType.DATE:
            return DateField(field.title, checks)
        case FieldType.CHECKBOX:
            return BooleanField(field.title, checks)
        case FieldType.YES_NO:
            return _choice(field, [SelectChoice("yes", lazily("Yes")), SelectChoice("no", lazily("No"))], checks)
        case FieldType.MULTI_SELECT:
            return SelectMultipleField(field.title, checks, choices=chosen)
        case FieldType.RADIO | FieldType.SELECT | FieldType.CASCADING:
            return _choice(field, chosen, checks)
    return StringField(field.title, checks)


def _choice(field: CustomField, choices: list[Any], checks: list[Any]) -> Field:
    return SelectField(field.title, checks, choices=[SelectChoice("", lazily("Please choose")), *choices])


def _value(field: CustomField, said: Any) -> Any:
    """What was said as the field keeps it; None where nothing was. What is no number stays text, and is refused."""
    if said in (None, "", []):
        return None
    match field.type:
        case FieldType.NUMBER | FieldType.DECIMAL:
            return _number(str(said).strip(), int if field.type is FieldType.NUMBER else float)
        case FieldType.DATE:
            return said.isoformat()
        case FieldType.YES_NO:
            return said == "yes"
    return said


def _number(said: str, kind: type[int] | type[float]) -> int | float | str:
    try:
        return kind(said.replace(",", ".") if kind is float else said)
    except ValueError:
        return said
