"""Our own Message-IDs. Each carries, signed, the case and the one person it was made for.

It comes back in In-Reply-To and References, and since only its reader knows it, it proves who answers. The signature is
enough to recognise an id even when its row is gone. Ids stay short: long ones get broken by other programs.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass

from app.config import deployed, settings

ANCHOR = "0"
SIGNATURE_BYTES = 12
OURS = re.compile(r"<?c\.([0-9a-z]{1,13})\.([0-9a-z]{1,13})\.([0-9a-z]{1,16})\.([a-z2-7]{20})@[^\s<>@]+>?", re.I)
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Token:
    """What one of our ids says: a mail on this case, made for this person."""

    case_id: int
    person_id: int


def new_message_id(case_id: int, person_id: int) -> str:
    """A fresh id, in angle brackets, for one mail to one person."""
    return _message_id(case_id, person_id, _base36(secrets.randbits(50)))


def anchor_id(case_id: int, person_id: int) -> str:
    """An id of no mail, the same in everything this person gets of a case; it survives relays which rewrite ours."""
    return _message_id(case_id, person_id, ANCHOR)


def read_token(message_id: str) -> Token | None:
    """What the id says, if it is ours and unaltered."""
    match = OURS.fullmatch(message_id.strip())
    if match is None:
        return None
    case, person, nonce, signature = (part.lower() for part in match.groups())
    if not hmac.compare_digest(signature, _signature(case, person, nonce)):
        return None
    return Token(int(case, 36), int(person, 36))


def _message_id(case_id: int, person_id: int, nonce: str) -> str:
    case, person = _base36(case_id), _base36(person_id)
    return f"<c.{case}.{person}.{nonce}.{_signature(case, person, nonce)}@{settings().main_domain}>"


def _signature(*parts: str) -> str:
    digest = hmac.digest(deployed().secret_key.encode(), ("message-id:" + ".".join(parts)).encode(), "sha256")
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode().lower().rstrip("=")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
