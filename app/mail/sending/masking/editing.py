"""Changes to a text, each in its place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a text, and what is to stand there instead."""

    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with these changes, which are in order and apart."""
    pieces, behind = [], 0
    for edit in edits:
        pieces += [text[behind : edit.start], edit.new]
        behind = edit.end
    return "".join([*pieces, text[behind:]])


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The changes in order. Those that overlap become one: all they cover is replaced by what the first says."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.start):
        if kept and edit.start < kept[-1].end:
            kept[-1] = Edit(kept[-1].start, max(kept[-1].end, edit.end), kept[-1].new)
        else:
            kept.append(edit)
    return kept
