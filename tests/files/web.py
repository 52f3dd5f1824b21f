"""The world outside, in which names have public addresses, and what listens there is a server of ours."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLIC, OTHER = "93.184.215.14", "151.101.1.69"
CONTENT = b"a content\r\n\x00\xff"


class Web:
    """The world outside, as names with their addresses; all that listens there is a server of ours."""

    def __init__(self) -> None:
        self.names: dict[str, list[str]] = {"files.test": [PUBLIC]}
        self.reached: list[str] = []
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, tuple[int, dict[str, str], list[bytes]]] = {
            "/some/notes%20of%20una.txt": (200, {"Content-Type": "text/plain; charset=utf-8"}, [CONTENT])
        }
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.port: int = self.server.server_address[1]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.path, dict(self.headers)))
                status, headers, pieces = web.answers.get(self.path, (404, {}, []))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in pieces:
                    self.wfile.write(piece)

            def log_message(self, *_: object) -> None: ...

        return Handler
