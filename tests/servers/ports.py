"""Free ports, and waiting for something to become true."""

import random
import socket
import time
from collections.abc import Callable
from typing import TypeVar

LOOPBACK = "127.0.0.1"
Truth = TypeVar("Truth")

_given: set[int] = set()


def free_port() -> int:
    """A loopback port that nobody uses, and that no later call in this process returns again."""
    while (port := _candidate()) in _given or not _is_free(port):
        pass
    _given.add(port)
    return port


def answers(port: int) -> bool:
    """Whether somebody listens on the loopback port."""
    with socket.socket() as client:
        return client.connect_ex((LOOPBACK, port)) == 0


def wait_until(predicate: Callable[[], Truth], timeout: float, what: str) -> Truth:
    """The first true answer of the predicate; TimeoutError, saying what never came, after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not (answer := predicate()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {timeout:g} seconds in vain for {what}.")
        time.sleep(0.005)
    return answer


def _candidate() -> int:
    # Below the range from which the kernel serves outgoing connections: a stopped server finds its port free again.
    return random.randrange(12_000, 32_000)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True
