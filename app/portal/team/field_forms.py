"""A form of the fields that the operator has made up for cases, each in the way of its kind."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]
    DateField,
    Field,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from app.cases.custom_fields import CHOICES, CustomField, FieldType
from app.errors import CaseyError
from app.portal.team.pages import named_uuid
from app.translating import lazily

PREFIX = "field_"
NOTHING = lazily("Not said")
NO_DAY = lazily("This must be a day, such as 2027-01-31.")
GONE = lazily("A file that is no longer there")
FLAGS = {FieldType.CHECKBOX, FieldType.YES_NO}


class Fields(FlaskForm):  # type: ignore[misc]
    """What a case says in fields of the operator's own. Each definition adds a field to a form like this."""

    known: Sequence[CustomField] = ()

    @property
    def own(self) -> list[Field]:
        """The fields themselves, without the token."""
        return [self[PREFIX + one.key] for one in self.known]

    @property
    def for_files(self) -> list[SelectField]:
        """Those of them that name a file."""
        return [self[PREFIX + one.key] for one in self.known if one.type is FieldType.FILE]

    @property
    def named_files(self) -> list[UUID]:
        """Which files they name."""
        found = (named_uuid(one.data) for one in self.for_files)
        return [one for one in found if one is not None]

    def offer(self, files: Sequence[tuple[str, str]]) -> None:
        """Let these files be chosen from, each by its uuid and its name; what is chosen already stays."""
        for one in self.for_files:
            kept = [] if not one.data or one.data in dict(files) else [SelectChoice(one.data, GONE)]
            one.choices = [SelectChoice("", NOTHING), *kept, *(SelectChoice(uuid, name) for uuid, name in files)]

    def changes(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """What is said otherwise now than before."""
        told = {one.key: _told(one, self[PREFIX + one.key].data) for one in self.known}
        return {key: value for key, value in told.items() if value != said.get(key)}

    def blame(self, error: CaseyError) -> None:
        """Say what is wrong beside its field."""
        for path, sentence in error.fields.items():
            name = PREFIX + path.removeprefix("fields.")
            if name in self:
                self[name].errors = [sentence]


def fields_form(definitions: Sequence[CustomField], said: Mapping[str, Any] | None = None) -> Fields:
    """A form of these fields: filled with what is said, or as it was sent where nothing is."""
    own = {PREFIX + one.key: _field(one) for one in definitions}
    made: Any = type("Fields", (Fields,), {"known": definitions, **own})
    if said is None:
        return made()  # type: ignore[no-any-return]
    data = {PREFIX + one.key: _shown(one, said.get(one.key)) for one in definitions}
    return made(formdata=None, data=data)  # type: ignore[no-any-return]


def _field(one: CustomField) -> Any:
    if one.type in FLAGS:
        yes_no = [SelectChoice("true", lazily("Yes")), SelectChoice("false", lazily("No"))]
        return SelectField(one.title, choices=[SelectChoice("", NOTHING), *yes_no])
    if one.type is FieldType.FILE:
        return SelectField(one.title, validate_choice=False)
    if one.type is FieldType.MULTI_SELECT:
        return SelectMultipleField(one.title, choices=_choices(one))
    if one.type in CHOICES:
        return SelectField(one.title, choices=[SelectChoice("", NOTHING), *_choices(one)])
    return KINDS.get(one.type, StringField)(one.title, validators=[Optional()])


def _choices(one: CustomField) -> list[Any]:
    """Of a cascade only what nothing stands below, with what it stands below."""
    parents = {option.parent_id for option in one.options}
    leaves = [option for option in one.options if option.id not in parents]
    return [SelectChoice(option.key, _path(option)) for option in leaves]


def _path(option: Any) -> str:
    return f"{_path(option.parent)} / {option.title}" if option.parent else option.title


class Day(DateField):
    """A day, which is asked for in our own words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Raises ValueError for what is no day."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DAY) from None


KINDS: Mapping[FieldType, Callable[..., Any]] = {FieldType.TEXTAREA: TextAreaField, FieldType.DATE: Day}


def _shown(one: CustomField, value: Any) -> Any:
    if one.type is FieldType.DATE:
        return _day(value)
    if value is None:
        return [] if one.type is FieldType.MULTI_SELECT else ""
    return str(value).lower() if isinstance(value, bool) else value


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _told(one: CustomField, value: Any) -> Any:
    """What was typed, as a field keeps it; whatever is not of its kind is left to be refused."""
    if value in ("", None, []):
        return None
    if one.type in FLAGS:
        return value == "true"
    if one.type is FieldType.DATE:
        return value.isoformat()
    if one.type is FieldType.TEXTAREA:
        return value.replace("\r\n", "\n")
    if one.type in (FieldType.NUMBER, FieldType.DECIMAL):
        return _number(value, int if one.type is FieldType.NUMBER else float)
    return value


def _number(value: str, kind: Callable[[str], Any]) -> Any:
    try:
        return kind(value.strip().replace(",", "."))
    except ValueError:
        return value
