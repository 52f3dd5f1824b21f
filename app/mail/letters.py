"""What is handed to a server, and what the server can say to it."""

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
    """It did not work this time."""

    answer: str


Handover = Sent | Refused | TryLater


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave: its bytes, its envelope, and how many seconds handing it over may take."""

    outbound_id: int
    message_id: str
    content: bytes
    sender: str
    recipient: str
    seconds: float
