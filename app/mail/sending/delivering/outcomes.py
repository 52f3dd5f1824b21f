"""What is handed to a server, and what can come of it."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Sent:
    """The other side took the mail; ``answer`` are its words."""

    answer: str


@dataclass(frozen=True)
class Refused:
    """The other side will never take this mail."""

    answer: str


@dataclass(frozen=True)
class TryLater:
    """The other side did not take this mail this time."""

    answer: str


@dataclass(frozen=True)
class Away:
    """The server could not be spoken to at all; that says nothing about the mail."""

    answer: str


@dataclass(frozen=True)
class Withheld:
    """We did not hand the mail over: it is not what we made, or would have shown what its reader must not see."""

    answer: str


Handover = Sent | Refused | TryLater | Away
Outcome = Handover | Withheld


@dataclass(frozen=True)
class Claim:
    """That this process may send a mail now, for the ``attempt``-th time; behind ``until`` somebody else may.

    Of the ``seconds`` that handing it over may take, only those count that are left of the claim. The server may have
    been in trouble when it was spoken to the last time.
    """

    outbound_id: int
    attempt: int
    seconds: float
    until: float
    server_in_trouble: bool = False

    def left(self) -> float:
        """How many seconds handing over may take from now on; none when making the mail has taken them all."""
        return max(min(self.seconds, self.until - time.monotonic()), 0.0)


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave: its bytes, its envelope, and how many seconds handing it over may take.

    ``unmasked`` says that it brings a customer a file in which nothing could be masked.
    """

    message_id: str
    content: bytes
    sender: str
    recipient: str
    seconds: float
    unmasked: bool = False
