"""What a store says of a content."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kept:
    """A content that is durable, whether or not a row speaks of it."""

    sha256: str
    size: int
