"""Who a mail is from: one address, written in one way only, or a word on what is wrong with it."""

import re
from email.headerregistry import Address, AddressHeader
from email.policy import default

from app.mail.reading.headers.words import readable
from app.mail.reading.incoming import Named
from app.mail.reading.source import MALFORMED, Source
from app.text import storable

COMMENT = re.compile(r"\([^()]*\)")
ANGLE = re.compile(r"<\s*([^<>]*?)\s*>$")
LONGEST_ADDRESS = 320
LONGEST_FROM = 4_000
LONGEST_NAME = 200


class NoSender(Exception):
    """A mail does not have exactly one sender (RFC 5322, 3.6.2), and why: the reason for which it is held."""


def sender_of(mail: Source) -> Named:
    """Address and name of whom the mail is from. Raises NoSender."""
    found = [str(value) for name, value in mail.raw_items() if name.lower() == "from"]
    if len(found) != 1:
        raise NoSender("two_senders" if found else "no_sender")
    if len(found[0]) > LONGEST_FROM:
        raise NoSender("sender_too_long")
    address = _only_address(found[0])
    written = " ".join(found[0].split())
    if address.addr_spec.lower() != _at_the_end(written):
        raise NoSender("sender_ambiguous")
    return Named(storable(address.addr_spec.lower()), storable(_name(address, written))[:LONGEST_NAME])


def _only_address(written: str) -> Address:
    try:
        header = default.header_fetch_parse("From", written)
        assert isinstance(header, AddressHeader)
        addresses = header.addresses
        groups = [group for group in header.groups if group.display_name is not None]
    except MALFORMED:
        raise NoSender("sender_unreadable") from None
    if not addresses:
        raise NoSender("no_sender")
    if len(addresses) > 1 or groups:
        raise NoSender("two_senders")
    if not addresses[0].username or not addresses[0].domain:
        raise NoSender("no_sender")
    if len(addresses[0].addr_spec) > LONGEST_ADDRESS:
        raise NoSender("sender_too_long")
    found: Address = addresses[0]
    return found


def _at_the_end(written: str) -> str:
    """The address as it stands at the end of From. Our mail server vouches for this one.

    The standard library reads ``ben@x.test <eve@y.test>`` as Ben's, and decodes what is encoded within an address.
    """
    bare = COMMENT.sub("", written).strip()
    found = ANGLE.search(bare)
    return (found[1] if found else bare).lower()


def _name(address: Address, written: str) -> str:
    """The name; where the standard library does not know its charset, as we read it."""
    name = storable(address.display_name)
    if "\ufffd" not in name and "=?" not in name and written.isascii():
        return name
    return readable(written.rpartition("<")[0]).strip(' "')
