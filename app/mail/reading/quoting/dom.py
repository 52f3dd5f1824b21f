"""An HTML mail as lines: each text in it with the line it stands on, and what its elements say about that line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.mail.reading.quoting.lines import LOOKED_AT, Hint, Line, without_marks

BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
UNSEEN = frozenset(["script", "style", "head", "title", "template", "noscript"])
IMAGE = "\ufffc"
RULE = "_" * 20

QUOTE_CLASSES = frozenset(["gmail_quote", "protonmail_quote", "yahoo_quoted", "tutanota_quote", "fairemail_quote"])
QUOTE_IDS = re.compile(r"(?:x_)?(?:yahoo_quoted|OLK_SRC_BODY_SECTION|mail-editor-reference-message-container)")
QUOTE_MARKERS = frozenset(["__QUOTED_TEXT__", "__HEADERS__"])
ATTRIBUTION_CLASSES = frozenset(["gmail_attr", "moz-cite-prefix", "OutlookMessageHeader"])
SIGNATURE_CLASSES = frozenset(
    ["gmail_signature", "gmail_signature_prefix", "moz-signature", "protonmail_signature_block", "moz-txt-sig"]
)
REST_IDS = frozenset(["divRplyFwdMsg", "appendonsend", "zwchr", "x_divRplyFwdMsg", "x_appendonsend"])
OUTLOOK_QUOTE = re.compile(r"border-left:\s?solid (?:blue|#0000ff) 1\.5pt", re.IGNORECASE)
OUTLOOK_RULE = re.compile(r"border-top:\s?solid #(?:e1e1e1|b5c4df) 1\.0pt", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text or an image, the line it stands on, and what it says."""

    node: LexborNode
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """How deep in quotes a part of the page is, and what the elements around it say."""

    depth: int = 0
    hint: Hint = Hint.NOTHING


@dataclass
class Page:
    """All of a mail, in the order a reader sees it. Blank lines are left out."""

    lines: list[Line] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)


# What waits to be read: an element with the place it is in, or the end of one.
Waiting = tuple[LexborNode, Place, bool]


class Walk:
    """One walk over the elements. It needs no stack of calls, so that no depth is too deep."""

    def __init__(self) -> None:
        self.page = Page()
        self.words: list[str] = []
        self.place = Place()
        self.rest_begins = False

    def over(self, tree: LexborHTMLParser) -> Page:
        """Read all of it."""
        waiting: list[Waiting] = [(tree.body, Place(), False)] if tree.body else []
        while waiting:
            node, place, leaving = waiting.pop()
            if leaving:
                self._break()
                continue
            if node.next and node.tag != "body":
                waiting.append((node.next, place, False))
            if node.is_text_node:
                self._read(node, place, node.text_content or "")
            elif node.is_element_node and node.tag not in UNSEEN:
                waiting.extend(self._enter(node, place))
        self._break()
        return self.page

    def _enter(self, node: LexborNode, place: Place) -> Iterator[Waiting]:
        """What comes next of an element: its children, and then the end of its line, in the order of a stack."""
        inner = place_in(node, place)
        if node.tag in BLOCKS:
            self._break()
            yield node, place, True
        self.rest_begins = self.rest_begins or inner.hint is Hint.REST
        if node.tag in ("img", "hr"):
            self._read(node, place, IMAGE if node.tag == "img" else RULE)
        if node.first_child:
            yield node.first_child, inner, False

    def _read(self, node: LexborNode, place: Place, text: str) -> None:
        if text.isspace() and not self.words:
            return
        if not self.words:
            self.place = place
        self.page.leaves.append(Leaf(node, len(self.page.lines), text))
        self.words.append(text)

    def _break(self) -> None:
        """End the line, when there is one."""
        if not self.words:
            return
        written = " ".join("".join(self.words)[: 4 * LOOKED_AT].split())[:LOOKED_AT]
        text, marks = without_marks(written)
        hint = Hint.REST if self.rest_begins else Hint.NOTHING if self.place.hint is Hint.REST else self.place.hint
        self.page.lines.append(Line(text, self.place.depth + marks, hint))
        self.words, self.rest_begins = [], False


def place_in(node: LexborNode, place: Place) -> Place:
    """Where the inside of an element is."""
    told = node.attributes
    if not told and node.tag != "blockquote":
        return place
    classes = set((told.get("class") or "").replace("x_", "").split())
    hint = _hint(node, told, classes)
    if hint is Hint.QUOTE or (hint is Hint.ASIDE and place.hint is Hint.QUOTE):
        return Place(place.depth + 1, Hint.QUOTE)
    if hint is Hint.ASIDE:
        return Place(place.depth + 1, hint)
    return place if place.depth or hint is Hint.NOTHING else Place(0, hint)


def _hint(node: LexborNode, told: dict[str, str | None], classes: set[str]) -> Hint:
    if classes & SIGNATURE_CLASSES or told.get("id") == "ms-outlook-mobile-signature":
        return Hint.SIGNATURE
    if classes & ATTRIBUTION_CLASSES or told.get("id") == "reply-intro":
        return Hint.ATTRIBUTION
    style = (told.get("style") or "")[:300]
    if told.get("id") in REST_IDS or OUTLOOK_RULE.search(style):
        return Hint.REST
    if node.tag == "blockquote":
        return Hint.QUOTE if told.get("type") == "cite" or classes & QUOTE_CLASSES else Hint.ASIDE
    return Hint.QUOTE if _surely_quotes(told, classes) or OUTLOOK_QUOTE.search(style) else Hint.NOTHING


def _surely_quotes(told: dict[str, str | None], classes: set[str]) -> bool:
    """Gmail and Proton give their class also to what stands around the quote, where the author may write."""
    named = told.get("name") == "quote" or told.get("data-marker") in QUOTE_MARKERS
    return named or "yahoo_quoted" in classes or bool(QUOTE_IDS.match(told.get("id") or ""))
