"""Reading a step ahead: while one mail is decided about, the process that reads has the next one already."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from app.mail.reading.incoming import Incoming
from app.mail.reading.room import Unreadable

Mail = Incoming | Unreadable


class Ahead:
    """Reads mails in the order in which it is asked for them. ``raw`` finds the bytes of one, ``read`` reads them."""

    def __init__(self, raw: Callable[[int], bytes], read: Callable[[bytes], Mail]) -> None:
        self._raw, self._read = raw, read
        self._pool = ThreadPoolExecutor(1, "reading-ahead")
        self._begun: dict[int, Future[Mail]] = {}

    def __enter__(self) -> Self:
        return self

    def begin(self, inbound_id: int) -> None:
        """Have a mail read, and do not wait for it. What goes wrong with that is told when its turn has come."""
        self._begun[inbound_id] = failed = Future[Mail]()
        try:
            raw = self._raw(inbound_id)
        except Exception as error:
            failed.set_exception(error)
        else:
            self._begun[inbound_id] = self._pool.submit(self._read, raw)

    def mail(self, inbound_id: int) -> Mail:
        """A mail, read; now, unless that was begun before. Raises whatever reading it raises, NoReader among others."""
        if inbound_id not in self._begun:
            self.begin(inbound_id)
        return self._begun.pop(inbound_id).result()

    def __exit__(self, failed: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        """What was read in vain ends by itself, within the time that a mail has; a job that is over does not wait."""
        self._pool.shutdown(wait=failed is None, cancel_futures=True)
