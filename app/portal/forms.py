"""The forms on our pages; each carries a token against forged ones."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.cases.posting import LONGEST_BODY


class Confirm(FlaskForm):  # type: ignore[misc]
    """One button."""


class Reply(FlaskForm):  # type: ignore[misc]
    """A message on a case."""

    message = TextAreaField(
        "Your message",
        validators=[
            DataRequired("Please write something first."),
            Length(max=LONGEST_BODY, message="This is too long for one message."),
        ],
    )


class Letter(FlaskForm):  # type: ignore[misc]
    """A mail written in the sandbox."""

    address = StringField("From", validators=[DataRequired("Please say who is writing."), Length(max=320)])
    subject = StringField("Subject", validators=[Length(max=500)])
    message = TextAreaField("Message", validators=[DataRequired("Please write something first.")])
