"""Our own Message-IDs and addresses. Each carries, signed, what a mail that comes back to it belongs to.

A Message-ID names the case and the one person it was made for. It comes back in In-Reply-To and References, and since
only its reader knows it, it proves who answers. Where mailPlusAddressing is on, Reply-To carries the same, and the
envelope names the mail that a report would be about. The signature is enough to recognise a token even when its row is
gone. Ids stay short: long ones get broken by other programs.
"""

import base64
import hmac
import re
import secrets
from dataclasses import dataclass

from app.config import deployed, settings

ANCHOR = "0"
SIGNATURE_BYTES = 12
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
SIGNED = r"\.([a-z2-7]{20})"
OURS = re.compile(rf"<?c\.([0-9a-z]{{1,13}})\.([0-9a-z]{{1,13}})\.([0-9a-z]{{1,16}}){SIGNED}@[^\s<>@]+>?", re.I)
REPLY = re.compile(rf"c\.([0-9a-z]{{1,13}})\.([0-9a-z]{{1,13}})\.0{SIGNED}", re.I)
BOUNCE = re.compile(rf"b\.([0-9a-z]{{1,13}}){SIGNED}", re.I)
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
    if not _signed(signature, "message-id", case, person, nonce):
        return None
    return Token(int(case, 36), int(person, 36))


def reply_address(case_id: int, person_id: int) -> str:
    """Where the answer of one person on one case is to go: `support+c.CASE.PERSON.0.SIGNATURE@...`."""
    case, person = _base36(case_id), _base36(person_id)
    return _plus_form(f"c.{case}.{person}.0.{_signature('reply', case, person)}")


def read_reply_address(address: str) -> Token | None:
    """What one of our reply addresses says. Nothing where mailPlusAddressing is off."""
    match = REPLY.fullmatch(_tag_of(address))
    if match is None:
        return None
    case, person, signature = (part.lower() for part in match.groups())
    return Token(int(case, 36), int(person, 36)) if _signed(signature, "reply", case, person) else None


def bounce_address(outbound_id: int) -> str:
    """Where reports about one mail are to go: `support+b.ID.SIGNATURE@...`."""
    id = _base36(outbound_id)
    return _plus_form(f"b.{id}.{_signature('bounce', id)}")


def read_bounce_address(address: str) -> int | None:
    """The id of the outbound row that one of our bounce addresses names. Nothing where mailPlusAddressing is off."""
    match = BOUNCE.fullmatch(_tag_of(address))
    if match is None:
        return None
    id, signature = (part.lower() for part in match.groups())
    return int(id, 36) if _signed(signature, "bounce", id) else None


def _plus_form(tag: str) -> str:
    """Our address with this tag; without it where it would become longer than an address may be."""
    local, _, domain = settings().mail_address.rpartition("@")
    tagged = f"{local}+{tag}"
    return f"{tagged if len(tagged) <= LONGEST_LOCAL_PART else local}@{domain}"


def _tag_of(address: str) -> str:
    """What stands behind the plus in a form of our address; nothing for any other address."""
    local, _, domain = settings().mail_address.lower().rpartition("@")
    theirs, _, their_domain = address.strip().lower().rpartition("@")
    if not settings().mail_plus_addressing or their_domain != domain or not theirs.startswith(f"{local}+"):
        return ""
    return theirs.removeprefix(f"{local}+")


def _message_id(case_id: int, person_id: int, nonce: str) -> str:
    case, person = _base36(case_id), _base36(person_id)
    return f"<c.{case}.{person}.{nonce}.{_signature('message-id', case, person, nonce)}@{settings().main_domain}>"


def _signed(signature: str, purpose: str, *parts: str) -> bool:
    return hmac.compare_digest(signature, _signature(purpose, *parts))


def _signature(purpose: str, *parts: str) -> str:
    digest = hmac.digest(deployed().secret_key.encode(), f"{purpose}:{'.'.join(parts)}".encode(), "sha256")
    return base64.b32encode(digest[:SIGNATURE_BYTES]).decode().lower().rstrip("=")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits or "0"
