"""Which e-mail addresses we take, and when two are the same."""

import re
from contextlib import suppress

from email_validator import EmailNotValidError, validate_email

from app.config import settings
from app.errors import Invalid

# An address such as =?x?q?evil=40a.test=3e=20?=foo@b.test is valid, but some servers decode it and deliver elsewhere.
NOT_VALID = "This is not a valid e-mail address, such as una@example.com."
REFUSED = re.compile(r"=\?|[\x00-\x20\x7f<>,;:\\\"()\[\]]")


def clean_address(text: str, *, field: str = "email") -> str:
    """The address as we keep it, its domain as servers know it (``xn--...``).

    Raises Invalid, naming the field, for everything we would not send mail to.
    """
    try:
        address = _in_ascii(text)
    except EmailNotValidError:
        raise Invalid(NOT_VALID, field=field) from None
    if REFUSED.search(address) or len(address) > 254:
        raise Invalid("This e-mail address has characters that we do not take.", field=field)
    if is_ours(address):
        raise Invalid("This is the support address or an alias of it; it cannot belong to a person.", field=field)
    return address


def _in_ascii(text: str) -> str:
    checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    return checked.ascii_email or checked.normalized


def takes_address(text: str) -> bool:
    """Whether this is an address that a person may have."""
    try:
        clean_address(text)
    except Invalid:
        return False
    return True


def key_of(address: str) -> str:
    """What two spellings of one address share."""
    text = address.strip()
    if not text.isascii():
        with suppress(EmailNotValidError):
            text = _in_ascii(text)
    return text.lower()


def mailbox_of(address: str) -> str:
    """What all plus forms of one address share: ``una+shop@x.test`` arrives where ``una@x.test`` does."""
    local, _, domain = key_of(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def is_ours(address: str) -> bool:
    """Whether this is the support address or one of its aliases, or a plus form of one."""
    known = settings()
    return any(_is_form_of(address, ours) for ours in (known.mail_address, *known.mail_aliases) if ours)


def _is_form_of(address: str, ours: str) -> bool:
    local, _, domain = key_of(ours).rpartition("@")
    theirs, _, their_domain = key_of(address).rpartition("@")
    return domain == their_domain and (theirs == local or theirs.startswith(f"{local}+"))
