"""Runs several programs in the foreground as one: `caseyd` is the store, the web server, the worker and the ticker.

They start in order and stop together, except for what the others lean on: the store stops last, because a worker still
saves a result while it stops.
"""

import contextlib
import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType
from typing import Self

READY_WITHIN = 60.0
READY_LOOK = 0.02
FIRST_BACKOFF = 0.2
LONGEST_BACKOFF = 10.0
SETTLED_AFTER = 30.0

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    """A program to run. `env` None is our own; `ready` None means ready as soon as it runs.

    `ready` is asked again and again and must not raise. `grace` is how many seconds it may take to stop.
    A `foundation` is what the others lean on: it stops after them. `hint` says where to look when it does not start.
    """

    name: str
    argv: list[str]
    env: Mapping[str, str] | None
    ready: Callable[[], bool] | None = None
    stop_signal: int = signal.SIGTERM
    grace: float = 30.0
    foundation: bool = False
    hint: str = ""


def supervise(children: Sequence[Child], *, when_ready: Callable[[], None]) -> int:
    """Run the children until SIGINT, SIGTERM or SIGHUP, and start again whichever dies.

    Returns the exit status: 0 for a clean stop, 1 when a child never became ready or had to be killed.
    To be called from the main thread while there is no other: it forks, and on Linux the children die with its thread.
    """
    runs = [Run(child) for child in children]
    with Signals() as signals:
        try:
            for position, run in enumerate(runs):
                bring_up(run, signals, earlier=runs[:position])
            if not signals.stop:
                when_ready()
            look_after(runs, signals)
            say("stopping; Ctrl-C again kills at once")
            return 0 if stop(runs, signals) else 1
        except NeverReady as problem:
            say(str(problem))
            stop(runs, signals)
            return 1
        finally:
            for run in runs:
                run.kill()


class NeverReady(Exception):
    """A child did not start; the text says which, and why."""


class Run:
    """A child over all its lives."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.restart_at: float | None = None
        self.backoff = FIRST_BACKOFF

    def start(self) -> None:
        self.restart_at, self.started_at = None, time.monotonic()
        self.process = subprocess.Popen(
            self.child.argv,
            env=self.child.env,
            stdin=subprocess.DEVNULL,
            # Ctrl-C at the terminal must reach us alone, or the store would stop first.
            start_new_session=True,
            preexec_fn=die_with(os.getpid()),
        )

    def has_ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def ask_to_stop(self) -> None:
        if self.process:
            self.process.send_signal(self.child.stop_signal)

    def kill(self) -> None:
        """End the child, and whatever a child that ended by itself has left in its group."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def revive(self) -> None:
        """Start the child again when it has ended and its time has come."""
        if self.process and self.has_ended():
            self.plan_restart(how_it_ended(self.process.returncode))
        elif self.restart_at is not None and time.monotonic() >= self.restart_at:
            try:
                self.start()
            except OSError as problem:
                self.plan_restart(f"cannot be started ({problem})")

    def plan_restart(self, fate: str) -> None:
        """The wait doubles each time, unless the child had lived for a while."""
        self.kill()
        now = time.monotonic()
        if now - self.started_at >= SETTLED_AFTER:
            self.backoff = FIRST_BACKOFF
        say(f"{self.child.name} {fate}; starting it again in {self.backoff:g} s")
        self.restart_at = now + self.backoff
        self.backoff = min(2 * self.backoff, LONGEST_BACKOFF)


class Signals:
    """Makes signals something to wait for: the handler only takes a note, and everything happens in the main flow."""

    def __enter__(self) -> Self:
        self.stop, self.hurry = False, False
        self.wakeup, self.wake = os.pipe()
        os.set_blocking(self.wake, False)
        self.old_wake = signal.set_wakeup_fd(self.wake, warn_on_full_buffer=False)
        # SIGCHLD does nothing but end a wait.
        heeded = [signal.SIGINT, signal.SIGTERM, signal.SIGCHLD]
        if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as under nohup
            heeded.append(signal.SIGHUP)
        self.old = {one: signal.signal(one, self.note) for one in heeded}
        return self

    def __exit__(self, *_: object) -> None:
        for one, handler in self.old.items():
            signal.signal(one, handler)
        signal.set_wakeup_fd(self.old_wake)
        os.close(self.wakeup)
        os.close(self.wake)

    def note(self, number: int, _: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            # `make` passes a SIGTERM on to us that we may have got already: only Ctrl-C means impatience.
            self.hurry = self.hurry or (self.stop and number == signal.SIGINT)
            self.stop = True

    def wait(self, until: float | None) -> None:
        """Sleep until a signal arrives, that of a child's end included, or until that moment of the monotonic clock."""
        timeout = None if until is None else max(0.0, until - time.monotonic())
        if select.select([self.wakeup], [], [], timeout)[0]:
            os.read(self.wakeup, 4096)


def bring_up(run: Run, signals: Signals, *, earlier: Sequence[Run]) -> None:
    """Start the child and wait until it is ready. Raises NeverReady; returns at once when we are to stop."""
    if signals.stop:
        return
    try:
        run.start()
    except OSError as problem:
        raise NeverReady(f"{run.child.name} cannot be started: {problem}") from problem
    while not signals.stop and run.child.ready and not run.child.ready():
        if run.process and run.has_ended():
            raise never_ready(run.child, f"{how_it_ended(run.process.returncode)} before it was ready")
        if time.monotonic() - run.started_at >= READY_WITHIN:
            raise never_ready(run.child, f"did not get ready within {READY_WITHIN:g} s")
        for other in earlier:
            other.revive()
        signals.wait(time.monotonic() + READY_LOOK)


def never_ready(child: Child, why: str) -> NeverReady:
    return NeverReady(f"{child.name} {why}" + (f"; {child.hint}" if child.hint else ""))


def look_after(runs: Sequence[Run], signals: Signals) -> None:
    """Keep the children alive until we are to stop."""
    while not signals.stop:
        for run in runs:
            run.revive()
        signals.wait(min((run.restart_at for run in runs if run.restart_at is not None), default=None))


def stop(runs: Sequence[Run], signals: Signals) -> bool:
    """Stop all together, then the foundations one by one, the last started first. True when none had to be killed."""
    backwards = [run for run in reversed(runs) if not run.has_ended()]
    groups = [[run for run in backwards if not run.child.foundation]]
    groups += [[run] for run in backwards if run.child.foundation]
    killed = [run for group in groups for run in stop_together(group, signals)]
    return not killed


def stop_together(runs: Sequence[Run], signals: Signals) -> list[Run]:
    """Ask them to stop, and kill who takes longer than allowed. Returns the killed."""
    for run in runs:
        run.ask_to_stop()
    asked_at = time.monotonic()
    killed = []
    while alive := [run for run in runs if not run.has_ended()]:
        for run in alive:
            if signals.hurry or time.monotonic() >= asked_at + run.child.grace:
                say(f"{run.child.name} did not stop in time and is killed")
                run.kill()
                killed.append(run)
        signals.wait(min((asked_at + run.child.grace for run in alive if not run.has_ended()), default=0))
    for run in runs:
        run.kill()
    return killed


def die_with(parent: int) -> Callable[[], None] | None:
    """What a child does before it becomes its program, so that not even a SIGKILL to us leaves it orphaned.

    The kernel sends SIGKILL, because afterwards nobody could help a child that does not listen, and a store that
    lingers would share its files with the next one.
    """
    libc = LIBC
    if libc is None:
        return None

    def bind() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return bind


def how_it_ended(status: int) -> str:
    if status < 0:
        return f"was ended by signal {-status} ({signal.strsignal(-status)})"
    return f"ended with status {status}"


def say(line: str) -> None:
    with contextlib.suppress(OSError):  # the terminal may be gone
        sys.stderr.write(f"caseyd: {line}\n")
        sys.stderr.flush()
