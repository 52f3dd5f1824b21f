"""The world outside, as far as files are fetched from it."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3.connection

from tests.files.shelves import Directory, Shelf
from tests.files.web import Web


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Names are looked up here, and every connection ends at the server of the test, which notes where it was to go."""
    web, look_up, connect = Web(), socket.getaddrinfo, urllib3.connection.connection.create_connection

    def found(host: str, port: int, *rest: Any, **more: Any) -> list[Any]:
        if host not in web.names:
            return look_up(host, port, *rest, **{**more, "flags": socket.AI_NUMERICHOST})
        kinds = {True: socket.AF_INET6, False: socket.AF_INET}
        return [(kinds[":" in one], socket.SOCK_STREAM, 6, "", (one, port)) for one in web.names[host]]

    def connected(address: tuple[str, int], *rest: Any, **more: Any) -> socket.socket:
        web.reached.append(address[0])
        return connect(("127.0.0.1", web.port), *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    monkeypatch.setattr(urllib3.connection.connection, "create_connection", connected)
    thread = threading.Thread(target=web.server.serve_forever, args=(0.01,))
    thread.start()
    yield web
    web.server.shutdown()
    web.server.server_close()
    thread.join()


@pytest.fixture
def shelf(tmp_path: Path, environ: dict[str, str]) -> Shelf:
    """Where the application of this test keeps its contents."""
    shelf = Directory(tmp_path / "files")
    environ.update(shelf.variables)
    return shelf
