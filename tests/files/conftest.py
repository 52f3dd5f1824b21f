"""The world outside, as far as files are fetched from it."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import urllib3.connection

from app.files.s3_client import hang_up
from tests.files.shelves import Directory, Objects, Shelf
from tests.files.web import Web
from tests.servers.s3 import S3Server


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


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server
        hang_up()


@pytest.fixture
def objects(s3_server: S3Server, tmp_path: Path) -> Objects:
    """A place of this test's own in S3."""
    return Objects(s3_server.url, s3_server, f"{tmp_path.parent.name}/{tmp_path.name}")


@pytest.fixture(params=["disk", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """Where the application of this test keeps its contents: each test that asks for it runs with either store."""
    if request.param == "disk":
        return Directory(tmp_path / "files")
    found: Objects = request.getfixturevalue("objects")
    return found


@pytest.fixture
def environ(environ: dict[str, str], request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of the test's application, which keeps its contents where the test looks for them."""
    for name in ("shelf", "objects"):
        if name in request.fixturenames:
            environ.update(request.getfixturevalue(name).variables)
            break
    return environ
