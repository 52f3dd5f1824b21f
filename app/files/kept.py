"""What a store says of a content, and of itself."""

from dataclasses import dataclass

from app.errors import Busy


@dataclass(frozen=True)
class Kept:
    """A content that is durable, whether or not a row speaks of it."""

    sha256: str
    size: int


class StoreAway(Busy):
    """The store cannot be spoken to, or did not do what it was asked. Nothing is half done."""

    def __init__(self) -> None:
        super().__init__("Files cannot be stored or read at the moment. Please try again in a moment.")
