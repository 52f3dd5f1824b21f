"""How a caller wishes to be answered: what is opened (``include``), which fields are shown (``fields``), how names are
written (``_case``), whether things stand in each other (``_flat``) and whether empty ones are shown (``_empty``).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.api.kayako.letters import LETTERS, SNAKE, lettered, snake
from app.errors import Invalid

EVERYTHING = "*"
LONGEST = 2000
DEEPEST = 5
TOKEN = re.compile(r"(\+|-| +)?(\*|\w+)\s*(\()?|\s*(\))|\s*(,)", re.ASCII)


@dataclass(frozen=True)
class Selection:
    """Which fields of a thing are shown: ``+x`` is added to the usual ones, ``-x`` dropped from them; a usual one by
    itself is shown alone with the id, any other is shown besides. What is nested in a field has a selection too.
    """

    added: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    nested: Mapping[str, "Selection"] = field(default_factory=dict)
    everything: bool = False

    def optional(self, of: Collection[str]) -> set[str]:
        """Which of these optional fields are wished for, here or inside."""
        here = {*of} if self.everything else {*of} & (self.added | self.named)
        return here.union(*(one.optional(of) for one in self.nested.values()))

    def inside(self, name: str) -> "Selection | None":
        """What is selected inside of a field, if anything is."""
        return self.nested.get(name, self.nested.get(EVERYTHING))

    def names(self, usual: Collection[str], optional: Collection[str]) -> set[str]:
        """The fields to be shown, of those that are usual and those that are optional."""
        if self.everything:
            return {*usual, *optional} - self.dropped
        return {*(self.named - {*optional} or usual), *self.added, *self.named} - self.dropped


USUAL = Selection()


@dataclass(frozen=True)
class Wishes:
    """All of it."""

    include: frozenset[str] = frozenset()
    selection: Selection = USUAL
    letters: str = SNAKE
    flat: bool = False
    empty: bool = True

    def opens(self, kind: str) -> bool:
        """Whether things of this kind are opened wherever they are named."""
        return EVERYTHING in self.include or kind in self.include

    def tell(self, content: dict[str, Any]) -> dict[str, Any]:
        """The same in the letters that are wished for, and without what is empty if that is; an empty page stays."""
        told: dict[str, Any] = content if self.empty else _without_empty(content)
        if content.get("data") == []:
            told = told | {"data": []}
        return lettered(told, self.letters) if self.letters != SNAKE else told


def _without_empty(value: Any) -> Any:
    if isinstance(value, Mapping):
        inner = {name: _without_empty(one) for name, one in value.items()}
        return {name: one for name, one in inner.items() if one is not None and one != []}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value


def wishes(args: Mapping[str, str], options: str) -> Wishes:
    """What the query and the header X-Options wish for. Raises Invalid."""
    headed = {one.strip().lower() for one in options.split(",")}
    letters = args.get("_case", SNAKE).lower()
    if letters not in LETTERS:
        raise Invalid("This must be snake, camel or pascal.", field="_case")
    return Wishes(
        include=frozenset(snake(one.strip()) for one in args.get("include", "").split(",") if one.strip()),
        selection=selection(args["fields"]) if "fields" in args else USUAL,
        letters=letters,
        flat=_says(args, "_flat", "true") or "flat" in headed,
        empty=not (_says(args, "_empty", "false") or "no_empty" in headed),
    )


def _says(args: Mapping[str, str], name: str, word: str) -> bool:
    return args.get(name, "").lower() in {word, "1" if word == "true" else "0"}


def selection(text: str) -> Selection:
    """What ``fields`` selects: ``+tags,role(+title,-type)``. A plus may have become a blank on the way.

    Raises Invalid.
    """
    if len(text) > LONGEST:
        raise Invalid(f"This must be at most {LONGEST:,} characters long.", field="fields")
    return _selected(_tokens(text), 0)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    place = 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None:
            raise Invalid("This must be names of fields, such as +tags,status(label).", field="fields")
        place = match.end()
        yield match


def _selected(tokens: Iterator[re.Match[str]], depth: int) -> Selection:
    """What stands between two brackets, or outside of all of them."""
    if depth > DEEPEST:
        raise Invalid(f"Brackets must stand in each other at most {DEEPEST} times.", field="fields")
    marked: dict[str, set[str]] = {"+": set(), "-": set(), "": set()}
    nested: dict[str, Selection] = {}
    for sign, name, opens, closes, _ in (match.groups() for match in tokens):
        if closes and depth:
            return _selection(marked, nested)
        if closes:
            raise Invalid("A bracket is closed that was not opened.", field="fields")
        if name:
            name = snake(name)
            marked[(sign or "")[:1].replace(" ", "+")].add(name)
        if opens:
            nested[name] = _selected(tokens, depth + 1)
    if depth:
        raise Invalid("A bracket is not closed.", field="fields")
    return _selection(marked, nested)


def _selection(marked: Mapping[str, set[str]], nested: Mapping[str, Selection]) -> Selection:
    every = {EVERYTHING}
    return Selection(
        added=frozenset(marked["+"] - every),
        dropped=frozenset(marked["-"] - every),
        named=frozenset(marked[""] - every),
        nested=nested,
        everything=EVERYTHING in marked[""] | marked["+"],
    )
