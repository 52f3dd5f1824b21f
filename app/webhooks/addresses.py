"""Which addresses a webhook may have: on the public internet, unless the operator runs Casey among his own servers."""

import re
import socket
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from app.config import deployed
from app.errors import Invalid

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
# Public by their numbers only: what stands behind them is inside of some house, or written as another address.
INSIDE = [ip_network(one) for one in ("168.63.129.16/32", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]

NOT_PUBLIC = (
    "This must be a public address, on port 80 or 443. CASEY_WEBHOOK_ALLOW_PRIVATE=true, said when Casey starts, "
    "allows others too."
)


class NotPublic(OSError):
    """The name leads to where we must not go."""


def check_url(url: str) -> str:
    """The address of a webhook, as it was given. Raises Invalid, which names the field."""
    parts = _parts(url)
    if parts is None or not re.fullmatch(r"[!-~]+", url) or parts.scheme not in PORTS or not parts.hostname:
        raise Invalid("This must be an address that begins with http:// or https://.", field="url")
    if parts.username is not None or parts.fragment:
        raise Invalid("This must hold neither a user name nor a fragment.", field="url")
    if not deployed().webhook_allow_private and not _may_be_public(parts):
        raise Invalid(NOT_PUBLIC, field="url")
    return url


def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.port != 0 else None
    except ValueError:
        return None


def _may_be_public(parts: SplitResult) -> bool:
    """What the name leads to is asked anew at each delivery; here only what is plain."""
    host = parts.hostname or ""
    literal = re.fullmatch(r"[\d.]+|.*:.*", host) is not None
    return port_of(parts) in PORTS.values() and (not literal or is_public(host)) and host != "localhost"


def port_of(parts: SplitResult) -> int:
    """The port of an address."""
    return parts.port or PORTS[parts.scheme]


def is_public(address: str) -> bool:
    """Whether this numeric address is on the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return False
    return found.is_global and not found.is_multicast and not any(found in network for network in INSIDE)


def addresses_of(parts: SplitResult) -> list[str]:
    """Where a name leads to. Raises NotPublic when one of its addresses is not public, OSError for an unknown name."""
    found = socket.getaddrinfo(parts.hostname, port_of(parts), type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
    if not deployed().webhook_allow_private and not all(map(is_public, addresses)):
        raise NotPublic
    return addresses
