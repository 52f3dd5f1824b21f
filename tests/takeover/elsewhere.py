"""What is taken over in tests: another Casey that listens, or a server that answers as a test wants it to."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.wrappers import Request, Response

from app import create_app
from app.extensions import db
from app.takeover.source import Source, SourceAway
from tests.cast import Cast, assemble
from tests.conftest import environment

SECRET = "another secret key for tests, long enough"

Answer = Callable[[Request], Response]


@dataclass(frozen=True)
class Elsewhere:
    """Another Casey: where it listens, and who is there."""

    url: str
    app: Flask
    cast: Cast


@contextmanager
def another_casey(template: Path, directory: Path) -> Iterator[Elsewhere]:
    """Another Casey with the cast, which listens."""
    directory.mkdir()
    path = shutil.copy(template, directory / "casey.db")
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    url = f"http://127.0.0.1:{server.server_port}"
    variables = environment(directory, f"sqlite:///{path}")
    elsewhere = create_app({**variables, "CASEY_BASE_URL": url, "CASEY_SECRET_KEY": SECRET})
    server.app = elsewhere
    cast = assemble(elsewhere)
    with listening(server):
        yield Elsewhere(url, elsewhere, cast)
    with elsewhere.app_context():
        db.session.remove()
        db.engine.dispose()


@contextmanager
def listening(server: BaseWSGIServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(answer: Answer) -> Iterator[str]:
    """A server that answers so, and its address."""
    server = make_server("127.0.0.1", 0, Request.application(answer), threaded=True)
    with listening(server):
        yield f"http://127.0.0.1:{server.server_port}"


def told(content: Any, status: int = 200, **headers: str) -> Response:
    return Response(json.dumps(content), status, headers, content_type="application/json")


class Failing(Source):
    """An account that is away after so many answers."""

    left = 0

    def _answer(self, url: str, **options: Any) -> Any:
        self.left -= 1
        if self.left < 0:
            raise SourceAway("Away.")
        return super()._answer(url, **options)
