"""Where what is done at this moment comes from: the key and the address of a request. Every event keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

LONGEST_ADDRESS = 45


@dataclass(frozen=True)
class Origin:
    """The id of the key, and the IP address; neither for what a mail or the clock has caused."""

    api_key_id: int | None = None
    ip_address: str | None = None


NOWHERE = Origin()
_present = ContextVar("casey.origin", default=NOWHERE)


def origin() -> Origin:
    """Where what is done now comes from."""
    return _present.get()


@contextmanager
def coming_from(api_key_id: int | None, ip_address: str | None) -> Iterator[None]:
    """What the block does comes from there. Opened at the edge, once for each request."""
    token = _present.set(Origin(api_key_id, ip_address[:LONGEST_ADDRESS] if ip_address else None))
    try:
        yield
    finally:
        _present.reset(token)


def client_at(address: str) -> str:
    """Who is counted as one there: of IPv6 the network, since a single caller has as many addresses as he wants."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:LONGEST_ADDRESS]
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else address
