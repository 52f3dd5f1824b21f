"""The texts of a page as they are read: what stands in one piece before the eyes may stand in several nodes."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from app.mail.sending.masking.editing import Edit, edited

# Tags that stand within a line of text and do not end it.
WITHIN_LINES = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|br|cite|code|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span|strike|"
    "strong|sub|sup|time|tt|u|var|wbr"
)


BETWEEN = "\n"


class Run:
    """Nodes of text that are read as one text."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.nodes: list[tuple[int, LexborNode]] = []
        self.length = 0

    def add(self, node: LexborNode) -> None:
        """Put a node behind the others, as if a line ended there: its text may go on with theirs, or stand alone."""
        for piece in (BETWEEN, node.text_content or ""):
            self.pieces.append(piece)
            self.length += len(piece)
        self.nodes.append((self.length - len(piece), node))

    @property
    def text(self) -> str:
        """All of it."""
        return "".join(self.pieces)

    def edit(self, edits: Sequence[Edit]) -> None:
        """Change the text; each node gets its share."""
        ends = [edit.end for edit in edits]
        for start, node in self.nodes if edits else ():
            written = node.text_content or ""
            inside = list(_share(edits, bisect_right(ends, start), start, start + len(written)))
            if inside:
                node.replace_with(edited(written, inside))


def _share(edits: Sequence[Edit], first: int, start: int, end: int) -> Iterator[Edit]:
    """What of the changes falls between two offsets; new words stand where their change begins."""
    for edit in edits[first:]:
        if edit.start >= end:
            return
        new = edit.new if edit.start >= start else ""
        yield Edit(max(edit.start, start) - start, min(edit.end, end) - start, new)


def runs(body: LexborNode) -> Iterator[Run]:
    """Each run of text, up to where another block begins or ends. The page may be changed once all are there."""
    run, block = Run(), None
    for node in body.traverse(include_text=True):
        around = _block(node)
        if around != block:
            yield run
            run, block = Run(), around
        if node.is_text_node:
            run.add(node)
    yield run


def _block(node: LexborNode) -> int:
    """What tells one block from the others."""
    above: LexborNode | None = node
    while above is not None and (above.is_text_node or WITHIN_LINES.fullmatch(above.tag or "")):
        above = above.parent
    return above.mem_id if above is not None else 0
