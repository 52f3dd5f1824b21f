"""The HTML of a post on its way to one reader: without what was quoted, and with nothing he must not see."""

from collections.abc import Mapping
from urllib.parse import unquote

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from app.mail.sending.composing.enclosing import Enclosure
from app.mail.sending.masking.editing import edited
from app.mail.sending.masking.mask import Mask
from app.mail.sending.masking.runs import runs

QUOTED = ("div", "quoted")
# What would else stick out of a narrow window; mail programs heed hardly any styles but those of the element itself.
FITTING = {"pre": "white-space: pre-wrap", "img": "max-width: 100%; height: auto"}


class Page:
    """Safe HTML, taken apart to be changed."""

    def __init__(self, html: str) -> None:
        body = LexborHTMLParser(html).body
        assert body is not None  # also for no HTML at all, there is an empty one
        self.body: LexborNode = body

    def drop_quotes(self) -> bool:
        """Take out what was quoted, unless nothing would be left. Says whether anything was taken out."""
        quotes = [quote for quote in self.body.css(".".join(QUOTED)) if not _within_quote(quote)]
        if not quotes or _size(self.body) <= sum(_size(quote) for quote in quotes):
            return False
        for quote in quotes:
            quote.decompose()
        return True

    def show_pictures(self, pictures: Mapping[str, Enclosure]) -> list[Enclosure]:
        """Call pictures by their names in this mail, and say which. Any other gives way to its description."""
        shown = []
        for image in self.body.css("img"):
            picture = pictures.get(unquote(image.attributes.get("src") or "").removeprefix("cid:"))
            if picture:
                image.attrs["src"] = f"cid:{picture.content_id}"
                shown.append(picture)
            else:
                image.replace_with(f"[{image.attributes.get('alt') or 'picture'}]")
        return list(dict.fromkeys(shown))

    def fit(self) -> None:
        """Let long lines and large pictures keep to the width that the reader has."""
        for tag, style in FITTING.items():
            for node in self.body.css(tag):
                node.attrs["style"] = style

    def mask(self, mask: Mask) -> None:
        """Hide addresses in all that can be read, however many tags stand within one, and in every attribute."""
        texts, values = list(runs(self.body)), self._values()
        edits = mask.edits_of([*(run.text for run in texts), *(value for _, _, value in values)])
        for (node, name, value), changes in zip(values, edits[len(texts) :], strict=True):
            if changes:
                node.attrs[name] = edited(value, changes)
        for run, changes in zip(texts, edits, strict=False):
            run.edit(changes)

    def _values(self) -> list[tuple[LexborNode, str, str]]:
        """Every attribute that says something, with its element and its name."""
        return [(node, name, text) for node in self.body.traverse() for name, text in node.attributes.items() if text]

    def html(self) -> Markup:
        """Put together again."""
        return Markup(self.body.inner_html or "")


def _within_quote(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and (above.tag, above.attributes.get("class")) != QUOTED:
        above = above.parent
    return above is not None


def _size(node: LexborNode) -> int:
    """How many words and pictures it holds."""
    return len(node.text(separator=" ").split()) + len(node.css("img"))
