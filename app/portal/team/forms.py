"""The forms on the pages of the team."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectChoice, SelectField, StringField, TextAreaField  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length

from app.errors import Invalid
from app.people.models import Person
from app.portal.forms import is_an_address
from app.translating import LANGUAGES, lazily

# Languages as those who speak them call them.
ENDONYMS = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "sv": "Svenska",
}


class AskForLink(FlaskForm):  # type: ignore[misc]
    """Where the link is mailed to, and the page that was wanted."""

    next = HiddenField()
    address = StringField(
        lazily("Your e-mail address"),
        validators=[DataRequired(lazily("Please enter your e-mail address.")), Length(max=320), is_an_address],
    )


class Preferences(FlaskForm):  # type: ignore[misc]
    """What somebody of the team says of himself."""

    name = StringField(
        lazily("Your name"), validators=[DataRequired(lazily("Please enter your name.")), Length(max=200)]
    )
    language = SelectField(lazily("Language of these pages"), validate_choice=False)
    time_zone = StringField(lazily("Time zone"), validators=[Length(max=60)])
    signature = TextAreaField(lazily("Signature"), validators=[Length(max=5000)])

    @classmethod
    def of(cls, person: Person) -> "Preferences":
        """Filled with what he says now."""
        said = {"language": person.language or "", "time_zone": person.time_zone or ""}
        return cls(formdata=None, name=person.name, signature=person.signature, **said)

    def offer(self, person: Person) -> None:
        """Let the languages of Casey be chosen from, and whatever else he has."""
        own = [person.language] if person.language and person.language not in LANGUAGES else []
        known = [SelectChoice(one, ENDONYMS.get(one, one)) for one in [*LANGUAGES, *own]]
        self.language.choices = [SelectChoice("", lazily("As the browser asks")), *known]

    def blame(self, error: Invalid) -> None:
        """Say what is wrong beside its field."""
        for name, sentence in error.fields.items():
            self[name].errors = [sentence]
