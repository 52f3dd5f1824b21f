"""What is said about files that come with a call."""

from marshmallow import fields, validate

from app.api.casey.schemas.fields import TEXTS, Strict, text
from app.errors import Invalid

LONGEST_URL = 2000
MOST_URLS = 10
FILES, INLINE = "files", "inline."
LONGEST_CONTENT_ID = 100


class WithFiles(Strict):
    """A body that may come as a form with files. Whoever takes it finds them, kept, in ``files``."""

    attachment_urls = fields.List(
        text(LONGEST_URL),
        load_default=list,
        validate=validate.Length(max=MOST_URLS, error=f"There must be at most {MOST_URLS} addresses."),
        error_messages={**TEXTS, "invalid": "This must be an array of strings."},
    )


def content_id(name: str) -> str | None:
    """What HTML calls the file in this part of a form; None for one that it does not show. Raises Invalid."""
    if name == FILES:
        return None
    found = name.removeprefix(INLINE) if name.startswith(INLINE) else ""
    if not 0 < len(found) <= LONGEST_CONTENT_ID:
        raise Invalid(f"A file is sent as {FILES}, or as {INLINE}NAME where the HTML shows it by cid:NAME.", field=name)
    return found
