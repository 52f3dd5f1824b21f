"""Where our servers keep their data, and as whom they run."""

import grp
import os
import pwd
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp


@dataclass(frozen=True)
class Account:
    user: str
    group: str
    uid: int
    gid: int


def unprivileged() -> Account:
    """`nobody` when we are root, because PostgreSQL refuses to run as root; otherwise ourselves."""
    entry = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, grp.getgrgid(entry.pw_gid).gr_name, entry.pw_uid, entry.pw_gid)


def new_directory(name: str, owner: Account) -> Path:
    """An empty directory of the owner's own.

    It lies in /tmp itself: paths of unix sockets must be short, and pytest's temporary directories are closed to
    other accounts.
    """
    directory = Path(mkdtemp(prefix=f"{name}-", dir="/tmp"))
    os.chown(directory, owner.uid, owner.gid)
    return directory


def is_open_to_all(path: Path) -> bool:
    """Whether any account can reach what the (resolved) path names."""
    return all(directory.stat().st_mode & 0o001 for directory in path.resolve().parents)


def package_directory(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {name} is not installed: see requirements-dev.txt.")
    return Path(spec.origin).parent
