"""Posting to an address that somebody else chose: to a checked address only, without following, and not for long."""

import socket
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import SplitResult, urlsplit

from app.patience import Patience
from app.text import storable
from app.webhooks.addresses import NotPublic, addresses_of, port_of

LONGEST = 10.0
SHOWN = 500
MOST_TRIED = 3


@dataclass(frozen=True)
class Answered:
    """The other side heard us, and said this."""

    status: int
    text: str

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Unreachable:
    """Nobody heard us."""

    text: str


Outcome = Answered | Unreachable


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Hand a body over. Ten seconds are all the other side gets, however it spends them."""
    try:
        parts = urlsplit(url)
        with Patience(LONGEST) as patience, closing(_connected(parts, patience)) as plug:
            return _posted(plug, parts, body, headers)
    except NotPublic:
        return Unreachable("The address is not public.")
    except (OSError, HTTPException, ValueError) as error:
        return Unreachable(f"The address cannot be spoken to: {type(error).__name__}.")


def _connected(parts: SplitResult, patience: Patience) -> socket.socket:
    """A connection to one of the addresses that were checked, and to no other that the name may lead to by now."""
    addresses = addresses_of(parts)[:MOST_TRIED]
    for address in addresses[:-1]:
        with suppress(OSError):
            return _dressed(socket.create_connection((address, port_of(parts)), LONGEST / 3), parts, patience)
    return _dressed(socket.create_connection((addresses[-1], port_of(parts)), LONGEST / 3), parts, patience)


def _dressed(plug: socket.socket, parts: SplitResult, patience: Patience) -> socket.socket:
    patience.watch(plug).settimeout(LONGEST)
    if parts.scheme == "http":
        return plug
    context = ssl.create_default_context()
    return context.wrap_socket(plug, server_hostname=parts.hostname, do_handshake_on_connect=False)


def _posted(plug: socket.socket, parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> Answered:
    if isinstance(plug, ssl.SSLSocket):
        plug.do_handshake()
    connection = HTTPConnection(parts.hostname or "", port_of(parts))
    connection.sock = plug
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.request("POST", target, body, {"Host": parts.netloc, "Connection": "close", **headers})
    with closing(connection.getresponse()) as answer:
        text = answer.read(4 * SHOWN).decode("utf-8", "replace")
        return Answered(answer.status, storable(text)[:SHOWN])
