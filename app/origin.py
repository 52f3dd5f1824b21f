"""Where what is done at this moment comes from: the key and the address of a request. Every event keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

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
