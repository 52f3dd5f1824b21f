"""The form by which somebody is told of events."""

from uuid import UUID

from flask_wtf import FlaskForm
from uuid_utils.compat import uuid7
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.errors import Invalid
from app.feed.names import EVERYTHING, MOST_NAMES, NAME
from app.portal.team.pages import named_uuid
from app.text import storable
from app.translating import lazily


def are_names(_form: FlaskForm, field: Field) -> None:
    """Raises ValidationError for what is no name of an event, which is said."""
    names = (field.data or "").split()
    wrong = next((one for one in names if not NAME.fullmatch(one)), None)
    if wrong is not None:
        raise ValidationError(f"{wrong} is not the name of an event.")
    if len(names) > MOST_NAMES:
        raise ValidationError(f"Please name at most {MOST_NAMES} events.")


class NewWebhook(FlaskForm):  # type: ignore[misc]
    """Who is told of which events. ``once`` becomes its uuid, so that pressing the button twice makes one."""

    once = HiddenField(default=lambda: str(uuid7()))
    url = StringField(
        lazily("Address that is told"), validators=[DataRequired(lazily("Please enter an address.")), Length(max=2000)]
    )
    events = TextAreaField(lazily("Events"), default=EVERYTHING, validators=[are_names])
    description = StringField(lazily("What it is for"), validators=[Length(max=500)])

    @property
    def uuid(self) -> UUID:
        """What the webhook is called. Whoever sends none of ours gets one more."""
        return named_uuid(self.once.data) or uuid7()

    @property
    def names(self) -> list[str]:
        """The events, each once."""
        return list(dict.fromkeys((self.events.data or "").split())) or [EVERYTHING]

    @property
    def purpose(self) -> str:
        """What it is for, as it can be stored."""
        return storable(self.description.data or "").strip()

    def blame(self, error: Invalid) -> None:
        """Say what is wrong beside its field."""
        for name, sentence in error.fields.items():
            self[name].errors = [sentence]
