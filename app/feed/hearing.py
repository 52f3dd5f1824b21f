"""One ear for each process: it hears what is announced in the store, and wakes whoever of us waits for that.

However many streams there are, the store is listened to once. The ear listens as long as anybody waits.
"""

import threading
from collections.abc import Collection
from typing import Any

from flask import current_app
from redis.exceptions import RedisError

from app.queue import NEWS, Bell, bell, cases_in

EXTENSION = "casey.ear"
PERIOD = 0.5  # how long it takes to notice that nobody waits any more
CONFIRMED_WITHIN = 1.0


class Deaf(Exception):
    """The store cannot be listened to."""


class Waiter:
    """Waits for news of one case, or of everything. ``deaf`` when no more can be heard."""

    def __init__(self, case_id: int | None) -> None:
        self.case_id, self.deaf = case_id, False
        self._woken = threading.Event()

    def wake(self) -> None:
        self._woken.set()

    def wait(self, seconds: float) -> bool:
        """Whether there was news, at most so many seconds later."""
        woken = self._woken.wait(seconds)
        self._woken.clear()
        return woken


class Ear:
    """Whoever waits in this process, and the one thread that listens for them."""

    def __init__(self, bell: Bell) -> None:
        self._connection: Any = bell.connection
        self._lock, self._waiters, self._listens = threading.Lock(), set[Waiter](), False

    def join(self, case_id: int | None) -> Waiter:
        """Wait for news of a case, or of everything, from now on. Raises Deaf."""
        waiter = Waiter(case_id)
        with self._lock:
            if not self._listens:
                threading.Thread(target=self._listen, args=[self._subscribed()], daemon=True).start()
                self._listens = True
            self._waiters.add(waiter)
        return waiter

    def leave(self, waiter: Waiter) -> None:
        """Wait no longer."""
        with self._lock:
            self._waiters.discard(waiter)

    def _subscribed(self) -> Any:
        """Nothing is missed once the store has confirmed it."""
        news = self._connection.pubsub()
        try:
            news.subscribe(NEWS)
            if news.get_message(timeout=CONFIRMED_WITHIN) is None:
                raise Deaf
        except (RedisError, OSError) as error:
            raise Deaf from error
        return news

    def _listen(self, news: Any) -> None:
        with news:
            while self._needed():
                try:
                    told = news.get_message(timeout=PERIOD)
                except (RedisError, OSError):
                    self._go_deaf()
                    return
                if told and told["type"] == "message":
                    self._wake(cases_in(told["data"]))

    def _needed(self) -> bool:
        with self._lock:
            self._listens = bool(self._waiters)
            return self._listens

    def _wake(self, cases: Collection[int] | None) -> None:
        with self._lock:
            for one in self._waiters:
                if cases is None or one.case_id is None or one.case_id in cases:
                    one.wake()

    def _go_deaf(self) -> None:
        with self._lock:
            for one in self._waiters:
                one.deaf = True
                one.wake()
            self._waiters.clear()
            self._listens = False


def ear() -> Ear | None:
    """The ear of this process; None without a store."""
    found = bell()
    if found is None:
        return None
    ours: Ear = current_app.extensions.setdefault(EXTENSION, Ear(found))
    return ours
