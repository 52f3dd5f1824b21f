"""What is said about files that come with a call."""

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, text

LONGEST_URL = 2000
MOST_URLS = 10


class WithFiles(Strict):
    """A body that may come as a form with files. Whoever takes it finds them, kept, in ``files``."""

    attachment_urls = fields.List(
        text(LONGEST_URL),
        load_default=list,
        validate=validate.Length(max=MOST_URLS, error=f"There must be at most {MOST_URLS} addresses."),
        error_messages={**TEXTS, "invalid": "This must be an array of strings."},
    )
