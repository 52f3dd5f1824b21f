"""How the outside world may misbehave, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from threading import Lock


class Moment(Enum):
    """The steps of a conversation at which something can go wrong."""

    CONNECT = auto()
    RCPT = auto()
    DATA = auto()
    """Asked for DATA: nothing was sent yet."""
    DOT = auto()
    """After the final dot: the mail was sent, and is not recorded."""
    RECORDED = auto()
    """The mail is recorded and delivered. Only the 250 is missing."""


@dataclass(frozen=True)
class Reply:
    """Answer this instead. After a 421 the connection is closed, as it should be."""

    text: str


@dataclass(frozen=True)
class Stall:
    """Say nothing for so long; then go on as if nothing had been. At CONNECT: then hang up."""

    seconds: float


@dataclass(frozen=True)
class HangUp:
    """Cut the connection without a word."""


Act = Reply | Stall | HangUp


@dataclass
class _Order:
    act: Act
    at: Moment
    to: str | None
    times: int | None

    def fits(self, at: Moment, recipients: Sequence[str]) -> bool:
        addressed = self.to is None or self.to.lower() in (recipient.lower() for recipient in recipients)
        return self.at is at and addressed and self.times != 0


class Misbehaviour:
    """What was ordered. Each order is for the recipient `to`, or for anybody, and for so many `times`, or for good.

    The order given first is carried out first. At RCPT every recipient counts, else every mail.
    """

    def __init__(self) -> None:
        self._orders: list[_Order] = []
        self._lock = Lock()

    def refuse(
        self,
        to: str | None = None,
        *,
        text: str = "550 5.1.1 No such mailbox",
        at: Moment = Moment.RCPT,
        times: int | None = None,
    ) -> None:
        self._order(Reply(text), at, to, times)

    def defer(
        self,
        to: str | None = None,
        *,
        text: str = "451 4.7.1 Try again later",
        at: Moment = Moment.RCPT,
        times: int | None = None,
    ) -> None:
        self._order(Reply(text), at, to, times)

    def stall(self, seconds: float, to: str | None = None, *, at: Moment, times: int | None = None) -> None:
        self._order(Stall(seconds), at, to, times)

    def hang_up(self, to: str | None = None, *, at: Moment, times: int | None = None) -> None:
        self._order(HangUp(), at, to, times)

    def turn_away(self, text: str = "421 4.3.2 Too busy", *, times: int | None = None) -> None:
        """Greet nobody: say this, and close."""
        self._order(Reply(text), Moment.CONNECT, None, times)

    def end(self) -> None:
        """Forget every order. A stall that has begun goes on."""
        with self._lock:
            self._orders.clear()

    def due(self, at: Moment, recipients: Sequence[str] = ()) -> Act | None:
        """What to do now, if anything. It counts as done."""
        with self._lock:
            order = next((order for order in self._orders if order.fits(at, recipients)), None)
            if order is None:
                return None
            if order.times is not None:
                order.times -= 1
            return order.act

    def _order(self, act: Act, at: Moment, to: str | None, times: int | None) -> None:
        with self._lock:
            self._orders.append(_Order(act, at, to, times))
