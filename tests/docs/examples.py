"""The examples on a page of the documentation: calls with their answers, mails, and what people answer to them.

A call is an ``http`` block, or an ``ask`` command in an ``sh`` block; its answer is the ``http`` or ``json`` block that
follows. A ``mail`` block is the latest mail in the mailbox of its reader. A comment such as
``<!-- ben@domain.tld answers: Hello -->`` is an answer to the latest mail he got.
"""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PREFIX = "/api/casey/v1"
PIECE = re.compile(
    r"^```(?P<kind>http|sh|json|mail)\n(?P<block>.*?)^```$|^<!-- (?P<who>\S+@\S+) answers: (?P<words>.*?) -->$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Call:
    """A request, with its path below the prefix."""

    method: str
    path: str
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """What a call must answer; a status of None means any 2xx."""

    content: Any
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mail:
    """A mail that somebody must have got: some of its headers, and all of its text."""

    headers: dict[str, str]
    text: str


@dataclass(frozen=True)
class Reply:
    """What somebody answers to the latest mail he got."""

    who: str
    words: str


Step = Call | Answer | Mail | Reply


def steps(page: Path) -> Iterator[Step]:
    """The examples on a page, in their order."""
    variables: dict[str, str] = {}
    asked = False
    for piece in PIECE.finditer(page.read_text("utf-8")):
        kind, block = piece["kind"], piece["block"]
        if kind is None:
            yield Reply(piece["who"], piece["words"])
        elif kind == "mail":
            yield Mail(*_parted(block))
        elif kind == "http":
            yield _http(block)
        elif kind == "sh":
            call = _asked(block, variables)
            asked = call is not None
            yield from [call] if call else []
        elif asked:
            yield Answer(json.loads(block))
            asked = False


def _parted(block: str) -> tuple[dict[str, str], str]:
    head, _, body = block.partition("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body


def _http(block: str) -> Call | Answer:
    first, _, rest = block.partition("\n")
    headers, body = _parted(rest) if rest.split("\n", 1)[0] else ({}, rest.strip())
    if first.startswith("HTTP/1.1 "):
        return Answer(json.loads(body), int(first.split()[1]), headers)
    method, path = first.split()
    return Call(method, path.removeprefix(PREFIX), body, headers)


def _asked(block: str, variables: dict[str, str]) -> Call | None:
    """The one ``ask`` of a block; assignments are remembered for the blocks behind it."""
    words = iter(shlex.split(re.sub(r"^ask\(\).*$", "", block, flags=re.M)))
    for word in words:
        assigned = re.fullmatch(r"([A-Z]+)=(\S+)", word)
        if assigned:
            variables[assigned[1]] = assigned[2]
        if word == "ask":
            return _curled(words, variables)
    return None


def _curled(words: Iterator[str], variables: dict[str, str]) -> Call:
    url = re.sub(r"\$([A-Z]+)", lambda found: variables[found[1]], next(words))
    options = dict(zip(words, words, strict=True))
    body = options.pop("-d", "")
    method = options.pop("-X", "POST" if body else "GET")
    assert not options, f"options the tests do not know: {options}"
    return Call(method, url.partition(PREFIX)[2], body, {"Content-Type": "application/json"} if body else {})
