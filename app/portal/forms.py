"""The forms on our pages. Each carries a token, so that no other site can send one in a reader's name."""

import os
from typing import BinaryIO, cast
from uuid import uuid4

from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    MultipleFileField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, ValidationError

from app.cases.content import NewFile
from app.cases.posting import LONGEST_BODY
from app.cases.ratings import LONGEST_COMMENT
from app.errors import Invalid, TooLarge
from app.files.sizes import LARGEST, LARGEST_TOGETHER, MEGABYTE, check_sizes
from app.files.storing import keep
from app.people.addresses import NOT_VALID, clean_address, is_ours
from app.portal.rating_words import SCORES
from app.text import storable
from app.translating import lazily


def is_an_address(form: FlaskForm, field: Field) -> None:
    """Raises ValidationError for everything that cannot be anybody's address, and does not say which are ours."""
    try:
        clean_address(field.data or "")
    except Invalid as error:
        raise ValidationError(NOT_VALID if is_ours(field.data or "") else error.message) from None


class Enclosed(MultipleFileField):
    """Files for a message, of any kind and as many as fit."""

    each, together = LARGEST // MEGABYTE, LARGEST_TOGETHER // MEGABYTE

    def chosen(self) -> list[FileStorage]:
        """Those that were chosen; a browser sends one without a name where none was."""
        return [one for one in self.data or [] if isinstance(one, FileStorage) and one.filename]


def not_too_large(form: FlaskForm, field: Enclosed) -> None:
    """Raises ValidationError for more than the API takes, too."""
    try:
        check_sizes((one.stream.seek(0, os.SEEK_END) for one in field.chosen()), field=field.name)
    except TooLarge as error:
        raise ValidationError(error.message) from None


class Confirm(FlaskForm):  # type: ignore[misc]
    """One button."""


class Enclosing(FlaskForm):  # type: ignore[misc]
    """Something written, with files. ``once`` names this very form: pressing its button twice writes it once."""

    once = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=100)])
    files = Enclosed(lazily("Add files"), validators=[not_too_large])

    def kept_files(self) -> tuple[NewFile, ...]:
        """The files, stored under the names that they have there."""
        return tuple(
            NewFile(str(one.filename), one.mimetype, keep(cast(BinaryIO, one.stream))) for one in self.files.chosen()
        )


class Reply(Enclosing):
    """A message on a case."""

    message = TextAreaField(
        lazily("Your message"),
        validators=[
            DataRequired(lazily("Please write something first.")),
            Length(max=LONGEST_BODY, message=lazily("This is too long for one message.")),
        ],
    )


class Renewal(FlaskForm):  # type: ignore[misc]
    """The address to which a new link is to be mailed."""

    address = StringField(
        lazily("Your address"), validators=[DataRequired(lazily("Please say your address.")), is_an_address]
    )


class Rate(FlaskForm):  # type: ignore[misc]
    """How good the help was, and what else there is to say."""

    score = RadioField(
        lazily("Your choice"), choices=[SelectChoice(str(score), words) for score, words in SCORES.items()]
    )
    comment = TextAreaField(
        lazily("Do you want to say more?"),
        validators=[Length(max=LONGEST_COMMENT, message=lazily("This is too long for a comment."))],
        filters=[lambda text: storable(text) if text else text],
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
