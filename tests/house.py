"""Casey as real processes over real servers: to be talked to by HTTP and mail, killed, and started again."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from app import create_app
from app.cli.daemon import programs
from app.config.deployment import deployment
from app.extensions import db
from tests.servers.child import ask_for
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.outside import OutsideWorld
from tests.servers.ports import free_port, wait_until

ROOT = Path(__file__).parent.parent
SUPPORT = "support@casey.example"
PATIENCE = 40.0


@dataclass(frozen=True)
class Answer:
    """An answer of the API."""

    status: int
    json: Any


class House:
    """The processes of one Casey. ``environ`` is what they all share."""

    def __init__(self, environ: dict[str, str], log: Path) -> None:
        self.port = free_port()
        self.environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("CASEY_")},
            **environ,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "CASEY_BASE_URL": f"http://127.0.0.1:{self.port}",
            "CASEY_WORKERS": "1",
        }
        self.log = log
        self.key = ""
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *names: str, **more: str) -> None:
        """Start web, worker or ticker, or a second one as ``worker:2``; ``more`` is added to their environment."""
        environ = {**self.environ, **more}
        for name in names:
            [child] = programs(name.partition(":")[0], deployment(environ), environ)
            with self.log.open("ab") as log:
                self.running[name] = subprocess.Popen(
                    child.argv,
                    env=environ,
                    cwd=ROOT,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    preexec_fn=ask_for(signal.SIGKILL),
                )
            if child.ready:
                wait_until(child.ready, PATIENCE, f"the {name} to get ready")

    def start_everything(self) -> None:
        """Start `caseyd`, which runs all the others."""
        command = [sys.executable, "-c", "from app.cli import caseyd; caseyd()"]
        with self.log.open("ab") as log:
            self.running["caseyd"] = subprocess.Popen(
                command, env=self.environ, cwd=ROOT, stdout=log, stderr=log, preexec_fn=ask_for(signal.SIGKILL)
            )
        self.until(lambda: "Casey is ready at" in self.log.read_text(), "Casey to be ready")

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def wait_for_death(self, name: str) -> None:
        """Return when a process has killed itself at a crash point."""
        process = self.running.pop(name)
        assert process.wait(PATIENCE) == -signal.SIGKILL, self.log.read_text()[-3000:]

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(PATIENCE)
        self.running.clear()

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The application over the same database, in this process, to look and to prepare."""
        app = create_app({**self.environ, "REDIS_URL": ""})
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call the native API with the owner's key. The body is JSON, unless it is bytes."""
        return self.ask(method, f"/api/casey/v1{path}", body, **{"Authorization": f"Bearer {self.key}", **headers})

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """Call any API."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            method=method,
            data=body if body is None or isinstance(body, bytes) else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as found:
                return Answer(found.status, json.loads(found.read()))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, json.loads(error.read()))

    def until(self, predicate: Callable[[], Any], what: str) -> Any:
        """Wait for something, and show the log when it never comes."""
        try:
            return wait_until(predicate, PATIENCE, what)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{self.log.read_text()[-4000:]}") from None


def mail_settings(outside: OutsideWorld, dovecot: Dovecot) -> dict[str, str]:
    """The settings under which Casey uses these servers."""
    return {
        "CASEY_MAIL_ADDRESS": SUPPORT,
        "CASEY_MAIL_SYNC_TIMER": "1",
        "CASEY_MAIL_SEND_TIMEOUT": "3s",
        "CASEY_SMTP_ADAPTER": "smtp",
        "CASEY_SMTP_SERVER": outside.host,
        "CASEY_SMTP_PORT": str(outside.port),
        "CASEY_SMTP_ENCRYPTION": "none",
        "CASEY_IMAP_ADAPTER": "imap",
        "CASEY_IMAP_SERVER": dovecot.host,
        "CASEY_IMAP_PORT": str(dovecot.imap_port),
        "CASEY_IMAP_PASSWORD": PASSWORD,
        "CASEY_IMAP_ENCRYPTION": "none",
    }
