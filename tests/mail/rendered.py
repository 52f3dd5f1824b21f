"""A page of a mail taken apart: its elements, what they look like in daylight and in the dark, and what it says."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img"}
DARK = "@media (prefers-color-scheme: dark) {"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
UNSEEN = {"head", "title", "style"}
BLOCKS = {"body", "div", "table", "tr", "td", "p", "ul", "li", "br"}


def declared(style: str) -> dict[str, str]:
    """The properties of a style."""
    pairs = (one.partition(":") for one in style.split(";") if one.strip())
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


@dataclass
class Element:
    """One element, with the texts that stand directly in it."""

    tag: str
    told: dict[str, str]
    above: "Element | None" = None
    texts: list[str] = field(default_factory=list)

    @property
    def style(self) -> dict[str, str]:
        return declared(self.told.get("style", ""))

    @property
    def chain(self) -> list["Element"]:
        """It and those around it, from the inside out."""
        return [self, *(self.above.chain if self.above else [])]

    @property
    def hidden(self) -> bool:
        return any(one.style.get("display") == "none" or one.tag in UNSEEN for one in self.chain)


class Page(HTMLParser):
    """Strict: what is opened is closed, in its order, and no attribute stands twice."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.seen: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == [], "something was never closed"
        self.sheet = next("".join(one.texts) for one in self.elements if one.tag == "style")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        assert len(told) == len(attrs), f"{tag} says something twice"
        element = Element(tag, told, self.open[-1] if self.open else None)
        self.elements.append(element)
        if tag in BLOCKS:
            self.seen.append("\n")
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} was never opened"
        assert self.open.pop().tag == tag
        if tag in BLOCKS:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].texts.append(data)
            self.seen += [] if self.open[-1].hidden else [data]

    @property
    def text(self) -> str:
        """What is seen of it, line by line."""
        lines = (" ".join(line.split()) for line in "".join(self.seen).split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def links(self) -> list[str]:
        return [one.told["href"] for one in self.elements if one.tag == "a"]

    def rules(self, *, dark: bool) -> Mapping[str, dict[str, str]]:
        """What the sheet says, by selector; in the dark, what it says then last."""
        day, _, night = self.sheet.partition(DARK)
        found: dict[str, dict[str, str]] = {}
        for selectors, style in RULE.findall(re.sub(r"@media \(max-width.*?\n\}", "", day, flags=re.S)):
            found |= {one.strip(): declared(style) for one in selectors.split(",")}
        for selectors, style in RULE.findall(night) if dark else ():
            found |= {f"{one.strip()}!": declared(style) for one in selectors.split(",")}
        return found

    def pairs(self, *, dark: bool, sheet: bool = True) -> Iterator[tuple[str, str, str]]:
        """The colour of each text that is seen, and that of its ground; without the sheet as Outlook shows it."""
        rules = self.rules(dark=dark) if sheet else {}
        for one in self.elements:
            if one.hidden or not "".join(one.texts).strip():
                continue
            yield _of(one, "color", rules) or "", _of(one, "background-color", rules) or "", "".join(one.texts)


def _of(element: Element, name: str, rules: Mapping[str, dict[str, str]]) -> str | None:
    """What an element has, or else those around it: by the sheet where that insists, by itself, by the sheet."""
    for one in element.chain:
        told = [style[name] for selector, style in rules.items() if name in style and _meant(one, selector)]
        insisting = [
            style[name]
            for selector, style in rules.items()
            if selector.endswith("!") and name in style and _meant(one, selector)
        ]
        own = one.style.get(name)
        found = (insisting[-1:] or [own] if own else insisting[-1:] or told[-1:]) or [None]
        if found[0]:
            return found[0]
        if one.tag == "a" and name == "color":
            return "#0000ee"  # as a browser has it
    return None


def _meant(element: Element, selector: str) -> bool:
    *around, last = selector.removesuffix("!").split()
    return _is(element, last) and all(any(_is(up, one) for up in element.chain[1:]) for one in around)


def _is(element: Element, simple: str) -> bool:
    tag, _, name = simple.partition(".")
    return tag in ("", element.tag) and (not name or name in element.told.get("class", "").split())
