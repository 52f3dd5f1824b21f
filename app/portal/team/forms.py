"""The forms on the pages of the team."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput

from app.errors import Invalid
from app.people.models import MailTopic, Person
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


# Each kind of mails that somebody may do without, and what it means to do so.
TOPICS = {
    MailTopic.INVITATIONS: (
        lazily("New cases that wait for somebody, and reminders of them"),
        lazily("Without these you are only asked if nobody else can be."),
    ),
    MailTopic.CUSTOMERS: (
        lazily("What customers write in my cases"),
        lazily("Without these you learn of an answer on these pages alone, also where you are the one who helps."),
    ),
    MailTopic.COLLEAGUES: (lazily("What colleagues write in my cases"), ""),
    MailTopic.COPIES: (
        lazily("Copies of what I write myself"),
        lazily("They come only where the house sends such copies."),
    ),
    MailTopic.HELD: (
        lazily("Word of mails that are held on my cases"),
        lazily("Without these you are only told if nobody else would be."),
    ),
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
    alias = StringField(lazily("Name for customers"), validators=[Length(max=100)])
    mails = SelectMultipleField(
        lazily("Which mails you get"),
        choices=[SelectChoice(str(topic), label) for topic, (label, _) in TOPICS.items()],
        option_widget=CheckboxInput(),
    )

    @classmethod
    def of(cls, person: Person) -> "Preferences":
        """Filled with what he says now."""
        said = {"language": person.language or "", "time_zone": person.time_zone or "", "alias": person.alias}
        mails = [str(one) for one in MailTopic if one not in person.unwanted_mails]
        return cls(formdata=None, name=person.name, signature=person.signature, mails=mails, **said)

    def unwanted(self) -> list[MailTopic]:
        """The mails that are not ticked."""
        return [one for one in MailTopic if one not in (self.mails.data or [])]

    def offer(self, person: Person) -> None:
        """Let the languages of Casey be chosen from, and whatever else he has."""
        own = [person.language] if person.language and person.language not in LANGUAGES else []
        known = [SelectChoice(one, ENDONYMS.get(one, one)) for one in [*LANGUAGES, *own]]
        self.language.choices = [SelectChoice("", lazily("As the browser asks")), *known]

    def blame(self, error: Invalid) -> None:
        """Say what is wrong beside its field."""
        for name, sentence in error.fields.items():
            self[name].errors = [lazily(sentence)]
