"""How soon Casey answers after it was started, beside what loading the application takes by itself."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.ports import free_port, wait_until

ROUNDS = 3
ROOT = Path(__file__).parent.parent
LONGEST = 60.0


def figures() -> str:
    """A line to print."""
    with TemporaryDirectory() as directory:
        environ = {**os.environ, "CASEY_DATA_DIR": directory, "PORT": str(free_port())}
        first, *later = [start(environ) for _ in range(1 + ROUNDS)]
        loading = statistics.median(load(environ) for _ in range(ROUNDS))
    usual = statistics.median(later)
    return (
        f"start until it answers: first {first:.1f} s, then {usual:.1f} s, "
        f"{usual / loading:.1f} times what loading the application takes ({loading:.2f} s)"
    )


def start(environ: dict[str, str]) -> float:
    """Start everything, wait for an answer, and stop it again."""
    began = time.perf_counter()
    command = [sys.executable, "-c", "from app.cli import caseyd; caseyd()"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
        try:
            wait_until(lambda: answers(environ["PORT"]), LONGEST, "Casey to answer")
            return time.perf_counter() - began
        finally:
            process.terminate()


def answers(port: str) -> bool:
    """Whether Casey says that it is alive."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:  # it does not listen yet, or has no time for us
        return False


def load(environ: dict[str, str]) -> float:
    """Seconds to load the application, once."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import app"], env=environ, cwd=ROOT, check=True)
    return time.perf_counter() - began
