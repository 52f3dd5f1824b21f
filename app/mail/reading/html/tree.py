"""HTML as a tree, if it is of a size and a depth that programs can deal with."""

import re
from collections import Counter
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.html.text import steps
from app.mail.reading.html.words import without_comments

LONGEST = 1_000_000
DEEPEST = 200
TAG_OR_LIKE_ONE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
LONG_TAG = re.compile(r"<[^<>]{4000,}")
SIGN_OF_ATTRIBUTE = re.compile(r"[\s=]")
MOST_ATTRIBUTES = 2_000
# These close themselves, or each other, so that they nest only where others do.
FLAT = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "html", "head", "body",
}  # fmt: skip
UNSEEN = ("script", "style", "head", "title", "template")


def opened(html: str) -> LexborHTMLParser | None:
    """HTML as a tree of what can be seen; None when it is too large or too deep for that."""
    if len(html) > LONGEST or _is_crowded(html) or _depth_by_tags(html) > DEEPEST:
        return None
    tree = LexborHTMLParser(html)
    if _depth(tree) > 2 * DEEPEST:
        return None
    for gone in reversed(tree.css(", ".join(UNSEEN))):  # what is within another one before that one
        gone.decompose()
    return tree


def _is_crowded(html: str) -> bool:
    """Whether a tag has attributes beyond all measure. That one is long, such as a picture in itself, is no trouble."""
    return any(len(SIGN_OF_ATTRIBUTE.findall(tag)) > MOST_ATTRIBUTES for tag in LONG_TAG.findall(html))


def _depth_by_tags(html: str) -> int:
    """How deeply elements seem to be nested; rather too deeply, unless somebody wants to deceive us."""
    counts: Counter[str] = Counter()
    depth = deepest = 0
    for found in TAG_OR_LIKE_ONE.finditer(without_comments(html)):
        name = found[2].lower()
        if name in FLAT:
            continue
        change = 1 if not found[1] else -1 if counts[name] else 0
        counts[name] += change
        depth += change
        deepest = max(deepest, depth)
    return deepest


def _depth(tree: LexborHTMLParser) -> int:
    """How deeply elements are nested."""
    changes = (
        (1 if entering else -1 for node, entering in steps(tree.body) if node.is_element_node) if tree.body else ()
    )
    return max(accumulate(changes), default=0)
