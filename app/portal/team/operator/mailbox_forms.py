"""The form by which a further mailbox is read."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, SelectChoice, SelectField, StringField  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, ValidationError

from app.config.settings import DECLARED, checked
from app.errors import CaseyError
from app.text import storable
from app.translating import lazily

NEEDED = lazily("Please fill this in.")
# Each is what the setting of the same meaning must be.
SETTINGS = {
    "address": "mailAddress",
    "server": "imapServer",
    "port": "imapPort",
    "encryption": "imapEncryption",
    "auth": "imapAuth",
    "username": "imapUsername",
}


def like_its_setting(_form: FlaskForm, field: Field) -> None:
    """Raises ValidationError with the sentence of the setting."""
    try:
        _checked(field)
    except ValueError as error:
        raise ValidationError(f"This {error}.") from None


def _checked(field: Field) -> object:
    return checked(SETTINGS[field.name], _wire(field))


def _wire(field: Field) -> object:
    declared, text = DECLARED[SETTINGS[field.name]].metadata, storable(field.data or "").strip()
    return None if not text and declared["default"] is None else declared["kind"].read(text)


def _choices(name: str) -> list[SelectChoice]:
    return [SelectChoice(one, one) for one in DECLARED[SETTINGS[name]].metadata["kind"].told["enum"]]


class NewMailbox(FlaskForm):  # type: ignore[misc]
    """Where a mailbox is, and how one signs in there."""

    address = StringField(lazily("Address"), validators=[DataRequired(NEEDED), like_its_setting])
    server = StringField(lazily("Server"), validators=[DataRequired(NEEDED), like_its_setting])
    port = StringField(lazily("Port"), default="993", validators=[like_its_setting])
    encryption = SelectField(lazily("Encryption"), choices=_choices("encryption"), default="tls")
    auth = SelectField(lazily("How it signs in"), choices=_choices("auth"), default="password")
    username = StringField(lazily("Signs in as"), validators=[like_its_setting])
    password = PasswordField(lazily("Password"), validators=[Length(max=1000)])

    def told(self) -> dict[str, Any]:
        """What is read, and how."""
        chosen = {"encryption": self.encryption.data, "auth": self.auth.data, "password": self.password.data or None}
        return {name: _checked(self[name]) for name in ("address", "server", "port", "username")} | chosen

    def blame(self, error: CaseyError) -> str | None:
        """Say what is wrong beside its field; what no field is about is returned."""
        for name, sentence in error.fields.items():
            self[name].errors = [sentence]
        return None if error.fields else error.message
