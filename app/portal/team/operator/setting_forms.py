"""A form for one setting, made from how the setting is declared; what people enter becomes its wire value."""

from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, SelectField, StringField, TextAreaField

from app.config.settings import DECLARED, SECRETS
from app.overrides import given_together
from app.text import storable
from app.translating import lazily


def setting_form(name: str, wire: Mapping[str, object]) -> FlaskForm:
    """The fields of a setting and of those that may have to be given with it, each filled with what is in force."""
    names = [name, *given_together(name)]
    fields: dict[str, object] = {one: _field(one, wire[one]) for one in names}
    if name in SECRETS:
        fields["remove"] = BooleanField(lazily("Remove what is stored"))
    made: FlaskForm = type("SettingForm", (FlaskForm,), fields)()
    return made


def _field(name: str, value: object) -> Field:
    told = DECLARED[name].metadata["kind"].told
    if name in SECRETS:
        return PasswordField(name)
    words: list[Any] = ["true", "false"] if told.get("type") == "boolean" else told.get("enum", [])
    if words:
        return SelectField(name, choices=words, default=_text(value))
    kind = TextAreaField if told.get("type") == "array" else StringField
    return kind(name, default=_text(value))


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def entered(form: FlaskForm, wire: Mapping[str, object]) -> dict[str, object]:
    """The wire values that a form changes. A secret that is left empty stays as it was, as what is the same does."""
    asked = {one.name: _wire(one, form) for one in form if one.name in DECLARED and not _left(one, form)}
    return {name: value for name, value in asked.items() if name in SECRETS or _text(value) != _text(wire[name])}


def _left(field: Field, form: FlaskForm) -> bool:
    return field.name in SECRETS and not field.data and not _removes(form)


def _removes(form: FlaskForm) -> bool:
    return "remove" in form and bool(form["remove"].data)


def _wire(field: Field, form: FlaskForm) -> object:
    declared, text = DECLARED[field.name].metadata, storable(field.data or "")
    listed = declared["kind"].told.get("type") == "array"
    if listed:
        return declared["kind"].read(text.replace("\r", "").replace("\n", ","))
    empty = not text.strip() or (field.name in SECRETS and _removes(form))
    return None if empty and declared["default"] is None else declared["kind"].read(text)
