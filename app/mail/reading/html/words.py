"""The text of HTML that nobody should build a tree of, in time that grows with its size alone."""

import re
from collections.abc import Iterator

from app.text import unescape

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})[^<>]*>")
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "button", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "td", "th",
    "time", "tt", "u", "var", "wbr",
}  # fmt: skip


def words_of_html(html: str) -> str:
    """What stands between the tags, line by line."""
    text = unescape("".join(_between_tags(without_comments(html)))).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def without_comments(html: str) -> str:
    """HTML without its comments, as far as those have an end."""
    kept, end = [], 0
    while (start := html.find("<!--", end)) >= 0 and (close := html.find("-->", start)) >= 0:
        kept.append(html[end:start])
        end = close + 3
    return "".join([*kept, html[end:]])


def _between_tags(html: str) -> Iterator[str]:
    end, unseen = 0, ""
    for found in TAG.finditer(html):
        if not unseen:
            yield html[end : found.start()].replace("\n", " ")
        name = found[2].lower()
        unseen = _unseen_after(unseen, name, closing=bool(found[1]))
        if name not in INLINE:
            yield "\n"
        end = found.end()
    yield html[end:].replace("\n", " ")


def _unseen_after(unseen: str, name: str, *, closing: bool) -> str:
    """Which element that nobody sees we are in now."""
    if unseen:
        return "" if closing and name == unseen else unseen
    return name if name in ("script", "style", "title") and not closing else ""
