"""The forms on our pages. Each carries a token, so that no other site can send one in a reader's name."""

from uuid import uuid4

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, MultipleFileField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from app.cases.posting import LONGEST_BODY
from app.errors import Invalid
from app.people.addresses import clean_address
from app.translating import lazily


def is_an_address(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError for everything that cannot be anybody's address."""
    try:
        clean_address(field.data or "")
    except Invalid as error:
        raise ValidationError(error.message) from None


class Confirm(FlaskForm):  # type: ignore[misc]
    """One button."""


class Reply(FlaskForm):  # type: ignore[misc]
    """A message on a case. ``once`` names this very form, so that pressing its button twice writes one message."""

    once = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=100)])
    message = TextAreaField(
        "Your message",
        validators=[
            DataRequired("Please write something first."),
            Length(max=LONGEST_BODY, message="This is too long for one message."),
        ],
    )


class Letter(FlaskForm):  # type: ignore[misc]
    """A mail written in the sandbox."""

    address = StringField(
        lazily("From"), validators=[DataRequired(lazily("Please say who is writing.")), is_an_address]
    )
    subject = StringField(lazily("Subject"), validators=[Length(max=500)])
    message = TextAreaField(lazily("Message"), validators=[DataRequired(lazily("Please write something first."))])
    files = MultipleFileField(lazily("Files"))
    quote = BooleanField(lazily("Quote the mail below, as mail programs do"), default=True)
