"""What our own mail server says about From being genuine.

Only the topmost Authentication-Results of the configured server counts (RFC 8601, 5): senders can write such headers
themselves.
"""

import re

from authres import AuthenticationResultsHeader, AuthResError

from app.config import settings
from app.mail.reading.incoming import Incoming

AUTHSERV_ID = re.compile(r'\s*(?:\([^()]*\)\s*)*"?([^\s;()"]+)')


def authentication(mail: Incoming) -> str | None:
    """Our mail server says something about its sender."""
    line = _trusted_line(mail)
    if line is None:
        return None
    said = {True: "pass", False: "fail", None: "none"}[_dmarc(line, _domain(mail))]
    return f"{said}, says {settings().mail_authserv_id}"


def vouched_for(mail: Incoming) -> bool | None:
    """Whether our mail server says that From is genuine (DMARC passed), that it is not, or nothing."""
    line = _trusted_line(mail)
    return None if line is None else _dmarc(line, _domain(mail))


def _domain(mail: Incoming) -> str:
    return (mail.sender or "").rpartition("@")[2]


def _trusted_line(mail: Incoming) -> str | None:
    trusted = settings().mail_authserv_id
    for line in mail.headers.get("authentication-results", []) if trusted else []:
        server = AUTHSERV_ID.match(line)
        if server and server[1].lower() == trusted:
            return line
    return None


def _dmarc(line: str, domain: str) -> bool | None:
    """What the line says. A pass counts only if it names this domain and no other."""
    try:
        found = AuthenticationResultsHeader.parse(f"Authentication-Results: {line}")
    except (AuthResError, RecursionError):
        return None  # never look further down: what stands there may be the sender's own
    checks = [one for one in found.results if one.method == "dmarc"]
    results = {str(one.result).lower() for one in checks}
    about = {str(part.value).lower() for one in checks for part in one.properties if part.name == "from"}
    return (about == {domain} or None) if results == {"pass"} else False if "fail" in results else None
