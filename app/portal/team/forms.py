"""The forms on the pages of the team."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from app.portal.forms import is_an_address
from app.translating import lazily


class AskForLink(FlaskForm):  # type: ignore[misc]
    """Where the link is mailed to, and the page that was wanted."""

    next = HiddenField()
    address = StringField(
        lazily("Your e-mail address"),
        validators=[DataRequired(lazily("Please enter your e-mail address.")), Length(max=320), is_an_address],
    )
