"""Places for streams and archives, each of which holds a thread of the web server."""

from collections import Counter
from collections.abc import Callable
from threading import Lock

from app.errors import Busy

FULL = "As many pages are open here as can be kept up to date by themselves. Please look again later."
FETCHED = "As many downloads are being made as can be. Please try again in a moment."


class Places:
    """Room for so many of them in this process, and for so many of each reader."""

    def __init__(self, most: int, each: int, full: str = FULL) -> None:
        self.most, self.each, self.full = most, each, full
        self._lock, self._taken = Lock(), Counter[int]()

    def take(self, reader_id: int) -> Callable[[], None]:
        """Take a place; what comes back gives it up. Raises Busy when there is none."""
        with self._lock:
            if self._taken.total() >= self.most or self._taken[reader_id] >= self.each:
                raise Busy(self.full)
            self._taken[reader_id] += 1
        return lambda: self._give_up(reader_id)

    def _give_up(self, reader_id: int) -> None:
        with self._lock:
            self._taken[reader_id] -= 1
            self._taken += Counter()  # whoever has none is forgotten


# The server has as many threads as app.cli.daemon says. Customers leave room to the team.
FOR_CUSTOMERS, FOR_TEAM = Places(4, each=2), Places(6, each=3)
# Archives last as long as somebody takes to fetch them.
FOR_ARCHIVES = Places(4, each=2, full=FETCHED)
