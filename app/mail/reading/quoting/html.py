"""Marking the quoted parts of an HTML mail."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.mail.reading.quoting.dom import Leaf, Walk
from app.mail.reading.quoting.splitting import quoted_lines

MARK = "data-quoted"


def mark_quotes(tree: LexborHTMLParser) -> None:
    """Put ``data-quoted="1"`` on every topmost element that is quoted. A text without an element of its own gets one.

    What the sender marked so himself counts for nothing. No element is marked that holds a word of the author.
    """
    for forged in tree.css(f"[{MARK}]"):
        del forged.attrs[MARK]
    page = Walk().over(tree)
    quoted = quoted_lines(page.lines)
    if any(quoted):
        _mark(tree, page.leaves, quoted)


def _mark(tree: LexborHTMLParser, leaves: list[Leaf], quoted: list[bool]) -> None:
    open_to_all: set[int] = set()
    for leaf in leaves:
        if leaf.text.strip() and not quoted[leaf.line]:
            _keep_open(leaf.node, open_to_all)
    done: set[int] = set()
    for leaf in leaves:
        topmost = _topmost(leaf.node, open_to_all, done) if quoted[leaf.line] and leaf.text.strip() else None
        if topmost is not None:
            _element(tree, topmost).attrs[MARK] = "1"


def _keep_open(node: LexborNode, open_to_all: set[int]) -> None:
    """Note every element around a word of the author. Where one is noted, those around it are too."""
    around: LexborNode | None = node
    while around is not None and around.mem_id not in open_to_all:
        open_to_all.add(around.mem_id)
        around = around.parent


def _topmost(node: LexborNode, open_to_all: set[int], done: set[int]) -> LexborNode | None:
    """The outermost element around a quoted word that holds no word of the author; None when it has been found."""
    if node.mem_id in open_to_all:
        return None
    while node.mem_id not in done:
        done.add(node.mem_id)
        if node.parent is None or node.parent.mem_id in open_to_all:
            return node
        node = node.parent
    return None


def _element(tree: LexborHTMLParser, node: LexborNode) -> LexborNode:
    """A text that stands among the author's gets an element around it."""
    if not node.is_text_node:
        return node
    span = tree.create_node("span")
    node.insert_before(span)
    placed = node.prev
    assert placed is not None
    placed.insert_child(node)
    node.remove()
    return placed
