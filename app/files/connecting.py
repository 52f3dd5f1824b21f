"""Connections to public addresses alone, on which we hang up when the time for all of them is over."""

import socket
from functools import partial
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from requests import PreparedRequest, Response
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from app.patience import Patience

SHORTEST = 0.001  # no time at all would mean all the time there is


class _Watched:
    """A connection that is watched from its first moment, before TLS is spoken on it."""

    def __init__(self, *given: Any, patience: Patience, **more: Any) -> None:
        super().__init__(*given, **more)
        self._patience = patience

    def _new_conn(self) -> socket.socket:
        plug: socket.socket = super()._new_conn()  # type: ignore[misc]
        return self._patience.watch(plug)


class _Plain(_Watched, HTTPConnection):
    pass


class _Encrypted(_Watched, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _EncryptedPool(HTTPSConnectionPool):
    ConnectionCls = _Encrypted


POOLS = {"http": _PlainPool, "https": _EncryptedPool}


class Doors:
    """What leads outside, by http and by https, within a ``with`` block.

    A session of requests would do more: read the whole body of a redirect, and ask proxies and files of passwords.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._adapters = {scheme: _adapter(scheme, patience) for scheme in POOLS}

    def ask(self, request: PreparedRequest) -> Response:
        """The beginning of the answer; its body is still to be read. Redirects are not followed."""
        adapter = self._adapters[urlsplit(str(request.url)).scheme]
        answer: Response = adapter.send(request, stream=True, timeout=max(self._patience.left, SHORTEST))
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for adapter in self._adapters.values():
            adapter.close()


def _adapter(scheme: str, patience: Patience) -> IPFilterAdapter:
    adapter = IPFilterAdapter(is_https_proto=scheme == "https")
    adapter.poolmanager.pool_classes_by_scheme = {
        name: partial(pool, patience=patience) for name, pool in POOLS.items()
    }
    return adapter
