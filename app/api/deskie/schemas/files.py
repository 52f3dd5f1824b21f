"""What is said about files that come with a call."""

from marshmallow import validate

from app.api.deskie.schemas.fields import Lenient, several, text

LONGEST_URL = 2000
MOST_URLS = 10


class WithFiles(Lenient):
    """A body that may come as a form with files. Whoever takes it finds them, kept, in ``files``."""

    attachment_urls = several(
        text(LONGEST_URL),
        most=validate.Length(max=MOST_URLS, error=f"There must be at most {MOST_URLS} addresses."),
        load_default=list,
    )
