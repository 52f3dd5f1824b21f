"""Child processes that end when we do, however we end."""

import atexit
import ctypes
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from signal import Signals
from subprocess import DEVNULL, STDOUT, Popen, TimeoutExpired
from typing import TypedDict

from tests.servers.places import Account
from tests.servers.ports import wait_until

Command = Sequence[str | Path]
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def spawn(command: Command, log: Path, *, farewell: Signals, account: Account | None = None) -> Popen[bytes]:
    """Start a server that writes to the log, in the log's directory, and leads a process group of its own.

    It gets the farewell signal when the thread that called us ends.
    """
    with log.open("ab") as output:
        process = Popen(
            command,
            cwd=log.parent,
            stdin=DEVNULL,
            stdout=output,
            stderr=STDOUT,
            process_group=0,
            preexec_fn=ask_for(farewell),
            **_identity(account),
        )
    atexit.register(process.send_signal, farewell)
    return process


def run(command: Command, directory: Path, account: Account) -> None:
    """Run a program to its end. RuntimeError with what it said if it failed."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=directory, **_identity(account))
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")


def wait_until_ready(process: Popen[bytes], ready: Callable[[], bool], log: Path, timeout: float = 30) -> None:
    """Return when the server is ready. RuntimeError with the end of its log if it gave up instead."""
    wait_until(lambda: process.poll() is not None or ready(), timeout, f"a server, which logs to {log}")
    if process.returncode is not None:
        raise RuntimeError(f"A server ended with {process.returncode}:\n{_tail(log)}")


def end(process: Popen[bytes], how: Signals, timeout: float = 20) -> None:
    """Send the signal and wait. A process that does not obey is killed, and TimeoutExpired is raised."""
    process.send_signal(how)
    try:
        process.wait(timeout)
    except TimeoutExpired:
        process.kill()
        process.wait()
        raise
    finally:
        atexit.unregister(process.send_signal)


def end_all(process: Popen[bytes]) -> None:
    """End a server and all its children as a power cut would."""
    os.killpg(process.pid, Signals.SIGKILL)
    process.wait()
    atexit.unregister(process.send_signal)


def _identity(account: Account | None) -> _Identity:
    """How subprocess is asked to become the account. Only root may, and only root needs to."""
    if account is None or account.uid == os.geteuid():
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def ask_for(farewell: Signals) -> Callable[[], object] | None:
    """What the child runs before it becomes the server. Only Linux knows how to ask; elsewhere atexit must do."""
    if sys.platform != "linux":
        return None
    return lambda: _libc.prctl(PR_SET_PDEATHSIG, farewell, 0, 0, 0)


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-2000:]
