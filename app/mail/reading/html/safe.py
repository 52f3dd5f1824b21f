"""HTML from anybody, made safe to be shown to others."""

from urllib.parse import unquote

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.mail.reading.html.text import QUOTED

TAGS = {
    "a", "abbr", "address", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
    "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"}, "abbr": {"title"}, "div": {"class"}, "img": {"src", "alt", "width", "height"},
    "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "bdo": {"dir"}, "p": {"dir"},
}  # fmt: skip
NUMBERS = {"width", "height", "start", "colspan", "rowspan"}
FOLDED = "quoted"
UNWRAPPABLE = {"tr", "td", "th", "tbody", "thead", "tfoot", "li", "dt", "dd", "caption", "col", "colgroup", "body"}


def safe(tree: LexborHTMLParser, *, folded: bool = False) -> str | None:
    """What may be shown, its quotes in ``<div class="quoted">``; changes the tree. None when nothing is left.

    What was made safe before has such quotes already: ``folded`` leaves them as they are.
    """
    for classy in tree.css("[class]"):
        if not (folded and classy.tag == "div" and classy.attributes["class"] == FOLDED):
            del classy.attrs["class"]
    for picture in tree.css("img"):
        _keep_own_picture(picture)
    for drawing in reversed(tree.css("svg, math")):
        drawing.replace_with(drawing.text())
    for quoted in tree.css(f"[{QUOTED}]"):
        _wrap(tree, quoted)
    found = nh3.clean(
        (tree.body.inner_html if tree.body else "") or "",
        tags=TAGS,
        clean_content_tags={"script", "style", "title", "template"},
        attributes=ATTRIBUTES,
        attribute_filter=_allowed,
        url_schemes={"http", "https", "mailto", "cid"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    ).strip()
    return found or None


def _keep_own_picture(picture: LexborNode) -> None:
    """Keep a picture that came with the mail, under its Content-ID; of any other only its words."""
    source = (picture.attributes.get("src") or "").strip()
    if source[:4].lower() == "cid:":
        picture.attrs["src"] = "cid:" + unquote(source[4:])
    else:
        picture.replace_with(picture.attributes.get("alt") or "")


def _wrap(tree: LexborHTMLParser, quoted: LexborNode) -> None:
    """Put what is quoted into an element that can be folded, together with what is quoted right before it."""
    if quoted.tag in UNWRAPPABLE:
        return
    between, before = [], quoted.prev
    while before and (before.tag == "br" or (before.is_text_node and not (before.text_content or "").strip())):
        between.append(before)
        before = before.prev
    if before is None or before.attributes.get("class") != FOLDED:
        between = []
        quoted.insert_before(tree.create_node("div"), move=True)
        before = quoted.prev
        assert before
        before.attrs["class"] = FOLDED
    for node in (*reversed(between), quoted):
        before.insert_child(node, move=True)


def _allowed(tag: str, name: str, value: str) -> str | None:
    if name in NUMBERS:
        return value if value.isdecimal() and len(value) < 5 else None
    if name == "class":
        return value if value == FOLDED else None
    if name == "dir":
        return value if value in ("ltr", "rtl") else None
    if name in ("href", "src"):
        return value if (value[:4].lower() == "cid:") == (tag == "img") else None
    return value
