"""HTML as text: the lines that a reader sees, and which of them are quoted."""

from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.mail.reading.html.sheet import Sheet

Spans = tuple[tuple[int, int], ...]

QUOTED = "data-quoted"
PARAGRAPHS = {"p", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "ul", "ol", "dl", "figure"}
LINES = {
    "div", "tr", "table", "li", "dt", "dd", "address", "article", "aside", "center", "caption", "details", "fieldset",
    "footer", "form", "header", "hr", "legend", "main", "nav", "section", "summary", "option", "figcaption", "body",
}  # fmt: skip
ADDRESSES = ("http://", "https://", "mailto:", "tel:", "ftp://")
LONGEST_ADDRESS = 2_000


def text_of_html(tree: LexborHTMLParser) -> tuple[str, Spans | None]:
    """The text, and the spans of it that are new; None when all is."""
    writer = _Writer()
    for node, entering in steps(tree.body) if tree.body else ():
        writer.enter(node) if entering else writer.leave(node)
    text = writer.sheet.text
    return text, _new(text, writer.quoted)


def steps(top: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below, when it is entered, and, if it is an element, when it is left; without recursion."""
    ways = [(top, top.first_child)]
    while ways:
        parent, node = ways.pop()
        if node is None:
            if ways:
                yield parent, False
            continue
        ways.append((parent, node.next))
        yield node, True
        if node.is_element_node:
            ways.append((node, node.first_child))


class _Writer:
    """Writes the nodes of a tree down, as they come."""

    def __init__(self) -> None:
        self.sheet = Sheet()
        self.quoted: list[tuple[int, int]] = []
        self.began: int | None = None
        self.depth = 0
        self.lists: list[int | None] = []
        self.links: list[int] = []
        self.verbatim = 0

    def enter(self, node: LexborNode) -> None:
        if node.is_text_node:
            text = node.text_content or ""
            self.sheet.verbatim(text) if self.verbatim else self.sheet.words(text)
        elif node.is_element_node:
            self._enter_quote(node)
            self._break(node)
            getattr(self, f"_enter_{node.tag}", lambda _: None)(node)

    def leave(self, node: LexborNode) -> None:
        getattr(self, f"_leave_{node.tag}", lambda _: None)(node)
        self._break(node)
        self._leave_quote(node)

    def _break(self, node: LexborNode) -> None:
        if node.tag in PARAGRAPHS:
            self.sheet.line(1 if _tight(node) or (self.lists and node.tag in ("ul", "ol")) else 2)
        elif node.tag in LINES:
            self.sheet.line()

    def _enter_quote(self, node: LexborNode) -> None:
        if self.began is None and QUOTED in node.attributes:
            self.began, self.depth = self.sheet.length, 0
        if self.began is not None:
            self.depth += 1
            self.sheet.quotes += node.tag == "blockquote"

    def _leave_quote(self, node: LexborNode) -> None:
        if self.began is None:
            return
        self.sheet.quotes -= node.tag == "blockquote"
        self.depth -= 1
        if not self.depth:
            self.quoted.append((self.began, self.sheet.length))
            self.began = None

    def _enter_br(self, _: LexborNode) -> None:
        self.sheet.another_line()

    def _enter_hr(self, _: LexborNode) -> None:
        self.sheet.write("---")

    def _enter_img(self, node: LexborNode) -> None:
        self.sheet.words(node.attributes.get("alt") or "")

    def _enter_td(self, _: LexborNode) -> None:
        self.sheet.gap(" | ")

    _enter_th = _enter_td

    def _enter_pre(self, _: LexborNode) -> None:
        self.verbatim += 1

    def _leave_pre(self, _: LexborNode) -> None:
        self.verbatim -= 1

    def _enter_ul(self, _: LexborNode) -> None:
        self.lists.append(None)

    def _enter_ol(self, node: LexborNode) -> None:
        first = node.attributes.get("start") or ""
        self.lists.append(int(first) if first.isdecimal() and len(first) < 6 else 1)

    def _leave_ul(self, _: LexborNode) -> None:
        self.lists.pop()

    _leave_ol = _leave_ul

    def _enter_li(self, _: LexborNode) -> None:
        number = self.lists[-1] if self.lists else None
        self.sheet.lead = "  " * (len(self.lists) - 1) + ("- " if number is None else f"{number}. ")
        if number is not None:
            self.lists[-1] = number + 1

    def _leave_li(self, _: LexborNode) -> None:
        self.sheet.lead = ""

    def _enter_a(self, _: LexborNode) -> None:
        self.links.append(len(self.sheet.pieces))

    def _leave_a(self, node: LexborNode) -> None:
        """Name where a link leads, unless its text already does."""
        said = "".join(self.sheet.pieces[self.links.pop() :])
        address = (node.attributes.get("href") or "").strip()[:LONGEST_ADDRESS]
        if address.lower().startswith(ADDRESSES) and _bare(address) != _bare(said):
            self.sheet.gap()
            self.sheet.words(f"<{address.removeprefix('mailto:')}>")


def _tight(node: LexborNode) -> bool:
    """Whether a paragraph has no space around it, as Outlook writes each line."""
    said = node.attributes
    style = (said.get("style") or "").lower().replace(" ", "")
    return "MsoNormal" in (said.get("class") or "") or "margin:0" in style or "margin-bottom:0" in style


def _bare(address: str) -> str:
    text = address.strip().lower()
    if text.startswith("mailto:"):
        text = unquote(text).partition("?")[0]
    for start in ("mailto:", "tel:", "https://", "http://", "www."):
        text = text.removeprefix(start)
    return text.strip("<> ").rstrip("/")


def _new(text: str, quoted: list[tuple[int, int]]) -> Spans | None:
    """What is left of a text without its quotes; None when that is nothing, or when nothing is quoted."""
    edges = [0, *(edge for span in quoted for edge in span), len(text)]
    found = [(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]
    some = any(text[start:end].strip() for start, end in quoted)
    return tuple(found) if found and some else None
