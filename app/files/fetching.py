"""Fetching a file from an address that somebody named, so that nothing of ours can be reached by it.

Only http and https on their own ports, only public addresses: each that a name has is looked at, the connection goes
to the very one that was, and every redirect passes the same way. Whatever is wrong, it is said in one sentence, which
tells nobody what there is in our network.
"""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote, urljoin, urlsplit

from requests import PreparedRequest, Request, RequestException, Response
from requests_hardened import ip_filter
from urllib3.exceptions import HTTPError

from app.files.connecting import Doors
from app.files.kept import Kept
from app.files.sizes import LARGEST
from app.files.storing import PIECE, keep
from app.patience import Patience

SECONDS = 10.0
MOST_REDIRECTS = 3
MOST_AT_ONCE = 4  # Whoever answers slowly holds a thread of ours for as long as we are patient: not all of them.
LONGEST_WAIT = 1.0
PORTS = {80, 443}
# The metadata of Azure, and IPv4 addresses in the clothes of IPv6.
FURTHER_BLOCKED = (ip_network("168.63.129.16/32"), ip_network("::/96"))
HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close", "User-Agent": "Casey"}

ip_filter.EXTRA_BLOCKED_NET_RANGES = (*ip_filter.EXTRA_BLOCKED_NET_RANGES, *FURTHER_BLOCKED)

log = logging.getLogger(__name__)
places = threading.BoundedSemaphore(MOST_AT_ONCE)


class Unfetchable(Exception):
    """The file could not be fetched. Why is for the log alone."""


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched: how it was called there, what it was said to be, and its content, which is kept."""

    name: str
    content_type: str
    content: Kept


def fetch(url: str, patience: Patience) -> Fetched:
    """The file at this address. Raises Unfetchable, also when the patience is over."""
    try:
        with _place(), _answered(url, patience) as response, SpooledTemporaryFile(PIECE) as content:
            _copy(response, content, patience)
            name = unquote(urlsplit(response.url).path.rpartition("/")[2])
            return Fetched(name, response.headers.get("Content-Type", ""), keep(content))  # type: ignore[arg-type]
    except (Unfetchable, RequestException, HTTPError, OSError, ValueError) as error:
        log.info("fetching refused: %s %s", type(error).__name__, error if isinstance(error, Unfetchable) else "")
        raise Unfetchable from None


@contextmanager
def _place() -> Iterator[None]:
    """One of the few places for fetching, soon or not at all."""
    if not places.acquire(timeout=LONGEST_WAIT):
        raise Unfetchable("too many at once")
    try:
        yield
    finally:
        places.release()


@contextmanager
def _answered(url: str, patience: Patience) -> Iterator[Response]:
    """The answer that this address, or what it leads to, gives in the end."""
    with Doors(patience) as doors:
        for _ in range(MOST_REDIRECTS + 1):
            request = Request("GET", url, headers=HEADERS).prepare()
            _check(request, patience)
            with doors.ask(request) as response:
                if not response.is_redirect:
                    yield response
                    return
                url = urljoin(url, response.headers["Location"])
    raise Unfetchable("too many redirects")


def _check(request: PreparedRequest, patience: Patience) -> None:
    target = urlsplit(str(request.url))
    port = target.port or {"http": 80, "https": 443}.get(target.scheme)
    if target.scheme not in {"http", "https"} or port not in PORTS or not target.hostname:
        raise Unfetchable("scheme or port")
    if "@" in target.netloc:
        raise Unfetchable("credentials")
    if not all(_public(found[4][0]) for found in socket.getaddrinfo(target.hostname, port, type=socket.SOCK_STREAM)):
        raise Unfetchable("address")
    if patience.over:
        raise Unfetchable("time")


def _public(address: str | int) -> bool:
    """Whether this is an address of the world outside."""
    ip = ip_address(str(address).partition("%")[0])
    plain = (ip.ipv4_mapped if isinstance(ip, IPv6Address) else None) or ip
    blocked = any(plain in net for net in ip_filter.EXTRA_BLOCKED_NET_RANGES)
    return plain.is_global and not plain.is_multicast and not blocked


def _copy(response: Response, to: IO[Any], patience: Patience) -> None:
    """Piece by piece as it comes, so that what is too large is given up early."""
    if response.status_code != 200:
        raise Unfetchable(f"status {response.status_code}")
    size = 0
    while piece := response.raw.read1(PIECE):
        size += len(piece)
        if size > LARGEST:
            raise Unfetchable("too large")
        to.write(piece)
    if patience.over:  # what we cut off looks as if it were whole
        raise Unfetchable("time")
