"""Forms of ours are sent from pages of ours alone.

Their token says so already; this holds even where a neighbouring site has put a cookie of its own into the browser, and
with it a token that fits.
"""

from urllib.parse import urlsplit

from flask import request

from app.api.dialects import dialect_at
from app.errors import Forbidden

SAFE = {"GET", "HEAD", "OPTIONS"}
OURS = {"same-origin", "none"}
FROM_ELSEWHERE = "This was sent by a page of another site, so nothing was done. Please open our page and try again."
# What a browser says of a page that tells nobody where it is, as ours do.
UNSAID = "null"


def refuse_other_sites() -> None:
    """Raises Forbidden for what changes something and was sent by a page elsewhere, as browsers say of it.

    The API carries no cookie, so that nobody sends anything there in another's name.
    """
    if request.method not in SAFE and dialect_at(request.path) is None and _from_elsewhere():
        raise Forbidden(FROM_ELSEWHERE)


def _from_elsewhere() -> bool:
    """Fetch Metadata where the browser speaks it, else the origin (RFC 6454)."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin", UNSAID)
    if site is not None:
        return site not in OURS
    return origin != UNSAID and urlsplit(origin).netloc != request.host
