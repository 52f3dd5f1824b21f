"""A provider of access tokens, with the page on which a mail server asks whether a token is good."""

import json
import secrets
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server


@dataclass
class Refusal:
    """What the provider answers instead of giving a token."""

    status: int = 400
    body: str = '{"error": "invalid_grant", "error_description": "The grant has been revoked."}'
    headers: dict[str, str] = field(default_factory=dict)


class Provider(Server):
    """Gives a token for each call that brings the right secret; `asked` are the forms that were sent.

    Set `refusal` to refuse, `rotating` to give another refresh token each time, `lasting` to say for how many seconds
    a token serves. `user` is whose mailbox the tokens open.
    """

    def __init__(self, user: str, *, refresh_token: str = "refresh me", client_secret: str = "client secret") -> None:
        self.port = free_port()
        self.user, self.refresh_token, self.client_secret = user, refresh_token, client_secret
        self.token_url = f"http://{LOOPBACK}:{self.port}/token"
        self.tokeninfo_url = f"http://{LOOPBACK}:{self.port}/tokeninfo?access_token="
        self.asked: list[dict[str, str]] = []
        self.live: set[str] = set()
        self.rotating, self.lasting = False, 3600
        self.refusal: Refusal | None = None
        self._server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        provider = self

        class Page(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                provider._answer(self, provider.give(dict(parse_qsl(form))))

            def do_GET(self) -> None:
                [token] = parse_qs(urlsplit(self.path).query)["access_token"]
                good = {"email": provider.user, "aud": "casey"}
                provider._answer(self, good if token in provider.live else Refusal(401))

            def log_message(self, *_: object) -> None:
                """Nothing to say."""

        self._server = ThreadingHTTPServer((LOOPBACK, self.port), Page)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), name="provider", daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def revoke_all(self) -> None:
        """Make every token worthless before its time."""
        self.live.clear()

    def give(self, form: dict[str, str]) -> dict[str, object] | Refusal:
        self.asked.append(form)
        by_refresh = form.get("grant_type") == "refresh_token" and form.get("refresh_token") == self.refresh_token
        by_client = form.get("grant_type") == "client_credentials"
        if self.refusal or form.get("client_secret") != self.client_secret or not (by_refresh or by_client):
            return self.refusal or Refusal()
        token = secrets.token_urlsafe(24)
        self.live.add(token)
        given: dict[str, object] = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasting}
        if self.rotating:
            given["refresh_token"] = self.refresh_token = f"refresh me {secrets.token_urlsafe(8)}"
        return given

    def _answer(self, page: BaseHTTPRequestHandler, given: dict[str, object] | Refusal) -> None:
        answer = given if isinstance(given, Refusal) else Refusal(200, json.dumps(given))
        content = answer.body.encode()
        page.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(content))}.items():
            page.send_header(name, value)
        page.end_headers()
        page.wfile.write(content)
