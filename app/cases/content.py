"""What a post holds besides its text: how it was formatted, which parts of it are quoted, and files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.files.kept import Kept
from app.text import storable

LONGEST_HTML = 1_000_000

Spans = Sequence[Sequence[int]]


@dataclass(frozen=True)
class NewFile:
    """A file for a post. ``name`` is what its sender called it, ``content_id`` what the HTML calls it.

    What is large has been kept before, and is not held here as a whole.
    """

    name: str
    content_type: str
    content: bytes | Kept = field(repr=False)
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True)
class Sender:
    """What the program that sent a post says: its own id of it, what kind of program it is, and whatever else."""

    client_id: str | None = None
    source: str | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True)
class Content:
    """``html`` is safe already. ``visible`` are the spans of the text that are new rather than quoted; None: all is."""

    html: str | None = None
    visible: tuple[tuple[int, int], ...] | None = None
    files: tuple[NewFile, ...] = ()
    sender: Sender = Sender()


@dataclass(frozen=True)
class Piece:
    """A part of a text, which is new or was quoted."""

    text: str
    quoted: bool


def kept_html(html: str | None) -> str | None:
    """HTML as it is stored. Without one that is endless, there is still the text."""
    return storable(html) if html and len(html) <= LONGEST_HTML else None


def kept_spans(spans: Spans | None, body: str) -> list[list[int]] | None:
    """Spans as they are stored; None where they do not fit the text, or would show nothing of it."""
    if not spans or not _fit(spans, len(body)):
        return None
    return [list(span) for span in spans] if any(body[start:end].strip() for start, end in spans) else None


def _fit(spans: Spans, length: int) -> bool:
    """Whether they are in order, apart and inside."""
    edges = [edge for span in spans for edge in span]
    return all(len(span) == 2 for span in spans) and [0, *edges, length] == sorted([0, *edges, length])


def pieces(body: str, visible: Spans | None) -> list[Piece]:
    """The whole text in its order, cut where what is new and what was quoted meet. Blank pieces are left out."""
    return [piece for piece in _cut(body, visible or [(0, len(body))]) if piece.text.strip()]


def _cut(body: str, visible: Spans) -> Iterator[Piece]:
    behind = 0
    for start, end in visible:
        yield Piece(body[behind:start], quoted=True)
        yield Piece(body[start:end], quoted=False)
        behind = end
    yield Piece(body[behind:], quoted=True)
