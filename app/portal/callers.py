"""From where a page is asked for, and how often a minute something may be done from there."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import current_app, request

from app.errors import TooMany

COUNTERS = "casey.rates"  # the counters of the application, which all processes share


def network() -> str:
    """The address of a caller; of IPv6 the network, since a single caller has as many addresses as he wants."""
    address = request.remote_addr or ""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else address


def count(what: str, most: int, sentence: str) -> None:
    """Raises TooMany, with this sentence, for whoever has done it too often within a minute."""
    counters: Any = current_app.extensions[COUNTERS]
    allowed, _, _ = counters.hit(most, f"{what}:{network()}")
    if not allowed:
        raise TooMany(sentence)
