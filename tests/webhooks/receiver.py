"""A receiver of webhooks, as an integrator would write it: it verifies by the public library and keeps what it took."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from standardwebhooks import Webhook as Verifier


class Receiver:
    """Listens on a port of its own. ``answers`` says with which status; while it is ``away`` nobody listens."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.heard: list[dict[str, str]] = []
        self.secret = ""
        self.status = 200
        self.refuses: set[str] = set()
        self._server = self._listening(0)
        self.port = self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/casey"

    def __enter__(self) -> "Receiver":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.leave()

    def leave(self) -> None:
        """Nobody listens any more."""
        self._server.shutdown()
        self._server.server_close()

    def come_back(self) -> None:
        """Listen at the same place again."""
        self._server = self._listening(self.port)

    def names(self) -> list[str]:
        return [one["name"] for one in self.taken]

    def _listening(self, port: int) -> ThreadingHTTPServer:
        receiver = self

        class Hearing(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, text = receiver.hear(dict(self.headers.items()), body)
                self.send_response(status)
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", port), Hearing)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return server

    def hear(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        self.heard.append(headers)
        content: Any = Verifier(self.secret).verify(body, headers)
        if self.status != 200 or content["type"] in self.refuses:
            return max(self.status, 201) if self.status != 200 else 500, b"Not now. " + b"x" * 2000
        self.taken.append(content["data"])
        return 200, b"Thank you."
