"""Places for streams, each of which holds a thread of the web server."""

from collections import Counter
from collections.abc import Callable
from threading import Lock

from app.errors import Busy

FULL = "As many pages are open here as can be kept up to date by themselves. Please look again later."


class Places:
    """Room for so many streams in this process, and for so many of each reader."""

    def __init__(self, most: int, each: int) -> None:
        self.most, self.each = most, each
        self._lock, self._taken = Lock(), Counter[int]()

    def take(self, reader_id: int) -> Callable[[], None]:
        """Take a place; what comes back gives it up. Raises Busy when there is none."""
        with self._lock:
            if self._taken.total() >= self.most or self._taken[reader_id] >= self.each:
                raise Busy(FULL)
            self._taken[reader_id] += 1
        return lambda: self._give_up(reader_id)

    def _give_up(self, reader_id: int) -> None:
        with self._lock:
            self._taken[reader_id] -= 1
            self._taken += Counter()  # whoever has none is forgotten


# The server has as many threads as app.cli.daemon says. Customers leave room to the team.
FOR_CUSTOMERS, FOR_TEAM = Places(4, each=2), Places(6, each=3)
