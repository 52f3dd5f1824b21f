"""Real programs, real signals. Everybody speaks on one pipe, so its lines tell the order in which things happened."""

import fcntl
import os
import queue
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

DIRECTORY = str(Path(__file__).parents[2] / "app/cli")
PATIENCE = 15.0

# What every program of these tests begins with: its name, and a way to tell that it is up.
START = """
import os, signal, sys
from pathlib import Path
name = sys.argv[1]
def say(*words):
    os.write(1, " ".join(map(str, (name, *words, "\\n"))).encode())  # in one piece
def up():
    say("runs as", os.getpid())
    Path(os.environ["UP"], name).touch()
"""
OBEDIENT = """
expected = {signal.SIGTERM, signal.SIGINT}
signal.pthread_sigmask(signal.SIG_BLOCK, expected)
up()
while signal.sigwait(expected) != signal.SIGTERM:
    say("got Ctrl-C")
say("stopped")
"""
BUSY = """
expected = {signal.SIGTERM, signal.SIGUSR1}
signal.pthread_sigmask(signal.SIG_BLOCK, expected)
up()
while signal.sigwait(expected) != signal.SIGUSR1:
    say("was asked to stop")
say("finished its job")
"""
FORKING = """
say("runs as", os.getpid())
if not os.fork():
    up()
signal.pause()
"""
FAILING = "sys.exit(3)"

SUPERVISOR = """
import os, sys
from pathlib import Path
sys.path.append({directory!r})  # as `app.cli.supervisor` it would bring all of Casey along
import supervisor
from supervisor import Child, supervise

def is_up(name):
    return Path(os.environ["UP"], name).exists()

def child(name, program=OBEDIENT, **more):
    more.setdefault("ready", lambda: is_up(name))
    return Child(name, [sys.executable, "-c", START + program, name], env=None, **more)

def asked(name, file):
    os.write(1, f"{{name}} is asked whether it is ready\\n".encode())
    return Path(file).exists()

{settings}
sys.exit(supervise([{children}], when_ready=lambda: print("all are ready", flush=True)))
"""
PROGRAMS = "\n".join(
    f"{name} = {text!r}"
    for name, text in {
        "START": START,
        "OBEDIENT": OBEDIENT,
        "BUSY": BUSY,
        "FORKING": FORKING,
        "FAILING": FAILING,
    }.items()
)


class House:
    """A supervisor with its children, and everything they say."""

    def __init__(self, marks: Path, children: str, settings: str = "", terminal: int | None = None) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                PROGRAMS + SUPERVISOR.format(directory=DIRECTORY, children=children, settings=settings),
            ],
            env={**os.environ, "UP": str(marks)},
            stdin=terminal or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if terminal else None,
        )
        self.lines: list[str] = []
        self.unheard: list[str] = []
        self.unread: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output:
            for line in output:
                self.unread.put(line.rstrip())
        self.unread.put(None)

    def hear(self, text: str) -> str:
        """Wait for a line that contains the text and was not waited for before."""
        while not (heard := [line for line in self.unheard if text in line]):
            line = self.unread.get(timeout=PATIENCE)
            assert line is not None, f"nobody said {text!r}, but: {self.lines}"
            self.lines.append(line)
            self.unheard.append(line)
        self.unheard.remove(heard[0])
        return heard[0]

    def pid(self, name: str) -> int:
        return int(self.hear(f"{name} runs as").split()[-1])

    def signal(self, number: int) -> None:
        self.process.send_signal(number)

    def status(self) -> int:
        """Wait until it has ended."""
        return self.process.wait(PATIENCE)

    def silence(self) -> None:
        """Wait until nobody is left who could say anything: the pipe ends with the last process that holds it."""
        while (line := self.unread.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)

    def clear(self) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join(PATIENCE)


@pytest.fixture
def house(tmp_path_factory) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def build(children: str, settings: str = "", terminal: int | None = None) -> House:
        houses.append(House(tmp_path_factory.mktemp("up"), children, settings, terminal))
        return houses[-1]

    yield build
    for built in houses:
        built.clear()


def test_children_start_in_order_each_when_the_one_before_is_ready(house, tmp_path):
    opened = tmp_path / "opened"
    it = house(f'child("store", ready=lambda: asked("store", {str(opened)!r})), child("web")')
    it.hear("store is asked whether it is ready")
    it.hear("store is asked whether it is ready")
    assert not any("web" in line for line in it.lines)
    opened.touch()
    it.hear("web runs")
    assert "all are ready" not in it.lines
    it.hear("all are ready")


def test_ctrl_c_stops_all_and_is_a_clean_end(house):
    it = house('child("store", foundation=True), child("web")')
    it.hear("all are ready")
    it.signal(signal.SIGINT)
    assert it.status() == 0
    it.silence()
    assert it.lines[-2:] == ["web stopped", "store stopped"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_ways_to_ask_for_the_end_do_the_same(house, number):
    it = house('child("web")')
    it.hear("all are ready")
    it.signal(number)
    assert it.status() == 0
    it.hear("web stopped")


def test_the_store_outlives_the_running_job(house):
    it = house('child("store", foundation=True), child("web"), child("worker", BUSY)')
    worker = it.pid("worker")
    it.hear("all are ready")
    it.signal(signal.SIGINT)
    it.hear("worker was asked to stop")
    it.hear("web stopped")
    os.kill(worker, signal.SIGUSR1)
    assert it.status() == 0
    it.silence()
    assert it.lines[-2:] == ["worker finished its job", "store stopped"]


def test_ctrl_c_at_a_terminal_reaches_only_the_supervisor(house):
    ours, terminal = os.openpty()
    try:
        it = house('child("web")', terminal=terminal)
        it.hear("all are ready")
        os.write(ours, b"\x03")
        assert it.status() == 0
        it.silence()
    finally:
        os.close(ours)
        os.close(terminal)
    assert "web stopped" in it.lines
    assert "web got Ctrl-C" not in it.lines


def test_a_killed_child_is_started_again(house):
    it = house('child("web")')
    first = it.pid("web")
    it.hear("all are ready")
    os.kill(first, signal.SIGKILL)
    it.hear("caseyd: web was ended by signal 9 (Killed); starting it again in 0.2 s")
    assert it.pid("web") != first


def test_what_a_killed_child_had_started_does_not_stand_in_the_way_of_the_next(house):
    it = house('child("web", FORKING)', settings="supervisor.FIRST_BACKOFF = 1000")
    parent, grandchild = it.pid("web"), it.pid("web")
    assert parent != grandchild
    it.hear("all are ready")
    os.kill(parent, signal.SIGKILL)
    it.hear("starting it again")
    it.signal(signal.SIGKILL)
    it.silence()


def test_a_child_that_keeps_dying_waits_longer_each_time(house):
    it = house(
        'child("web", FAILING, ready=None)',
        settings="supervisor.FIRST_BACKOFF, supervisor.LONGEST_BACKOFF = 0.01, 0.03",
    )
    waits = [it.hear("starting it again").split()[-2] for _ in range(4)]
    assert waits == ["0.01", "0.02", "0.03", "0.03"]


def test_a_child_that_had_lived_for_a_while_is_back_at_once(house):
    it = house(
        'child("web", FAILING, ready=None)', settings="supervisor.FIRST_BACKOFF, supervisor.SETTLED_AFTER = 0.01, 0"
    )
    waits = [it.hear("starting it again").split()[-2] for _ in range(3)]
    assert waits == ["0.01", "0.01", "0.01"]


def test_a_child_that_ends_before_it_is_ready_ends_all(house):
    it = house('child("store", foundation=True), child("web", FAILING, hint="see the log"), child("worker")')
    assert it.status() == 1
    it.silence()
    assert "caseyd: web ended with status 3 before it was ready; see the log" in it.lines
    assert it.lines[-1] == "store stopped"
    assert not any("worker" in line or "all are ready" in line for line in it.lines)


def test_a_child_that_never_gets_ready_is_named(house):
    it = house('child("web", ready=lambda: False)', settings="supervisor.READY_WITHIN = 0.2")
    assert it.status() == 1
    it.hear("caseyd: web did not get ready within 0.2 s")


def test_a_program_that_is_not_there_is_named(house):
    it = house('child("store", foundation=True), Child("web", ["/nowhere"], None)')
    it.hear("caseyd: web cannot be started: [Errno 2] No such file or directory: '/nowhere'")
    assert it.status() == 1


def test_the_store_comes_back_even_while_another_child_is_still_starting(house, tmp_path):
    opened = tmp_path / "opened"
    it = house(f'child("store", foundation=True), child("web", ready=lambda: asked("web", {str(opened)!r}))')
    first = it.pid("store")
    it.hear("web is asked whether it is ready")
    os.kill(first, signal.SIGKILL)
    assert it.pid("store") != first
    opened.touch()
    it.hear("all are ready")


def test_ctrl_c_during_the_start_is_a_clean_end_too(house):
    it = house('child("web", ready=lambda: asked("web", "/nowhere"))')
    it.hear("web runs")
    it.signal(signal.SIGINT)
    assert it.status() == 0
    it.silence()
    assert "web stopped" in it.lines
    assert "all are ready" not in it.lines


def test_a_child_that_does_not_stop_is_killed_when_its_grace_is_over(house):
    it = house('child("store", foundation=True), child("worker", BUSY, grace=0.2)')
    it.hear("all are ready")
    it.signal(signal.SIGTERM)
    it.hear("caseyd: worker did not stop in time and is killed")
    it.hear("store stopped")
    assert it.status() == 1


def test_a_second_ctrl_c_kills_at_once(house):
    it = house('child("store", BUSY, foundation=True), child("worker", BUSY, grace=1000)')
    it.hear("all are ready")
    it.signal(signal.SIGINT)
    it.hear("worker was asked to stop")
    it.signal(signal.SIGINT)
    assert it.status() == 1
    it.silence()
    assert "worker finished its job" not in it.lines


def test_a_second_sigterm_is_no_impatience(house):
    it = house('child("worker", BUSY)')
    worker = it.pid("worker")
    it.hear("all are ready")
    it.signal(signal.SIGTERM)
    it.hear("worker was asked to stop")
    it.signal(signal.SIGTERM)
    os.kill(worker, signal.SIGUSR1)
    assert it.status() == 0


def test_a_child_gets_the_stop_signal_it_asked_for(house):
    it = house('child("worker", BUSY, stop_signal=10)')
    it.hear("all are ready")
    it.signal(signal.SIGTERM)
    it.hear("worker finished its job")
    assert it.status() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_nothing_is_orphaned_when_the_supervisor_is_killed(house):
    it = house('child("store", foundation=True), child("web"), child("worker", BUSY)')
    it.hear("all are ready")
    it.signal(signal.SIGKILL)
    it.silence()
