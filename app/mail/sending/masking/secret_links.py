"""Finding the secrets of links that Casey made: to cases, to files, and for signing in.

Whoever has one acts under its person's name.

A link is known by our host before it, or else by its secret: a rewriter of links may have mangled the host.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.config import deployed
from app.mail.sending.masking.appearance import Appearance

BASE64 = r"(?:\n?[\w-])"  # a line may end within
CASE_LINK = rf"(?:c|confirm|r|team\n?[/_]\n?sign-\n?in)\n?[/_][/\n]*(?P<case>[\w-]{BASE64}{{42}})"  # 32 bytes
FILE_LINK = rf"files\n?[/_][/\n]*(?P<file>\.?{BASE64}{{10,400}}+\n?\.{BASE64}{{27}})"  # signed by 20 bytes
LINK = re.compile(rf"[/_]\n?(?:{CASE_LINK}|{FILE_LINK})", re.A)
LONGEST_HOST = 300
LENGTH = 43
MARKS, MOST_MARKS = "-_", 8
WORD = re.compile(rf"(?<![\w-])(?:(?=(?P<broken>[\w-]{{8,42}}\n[\w-]{{1,35}}))[\w-]+|[\w-]{{{LENGTH},}})", re.A)


class Found(NamedTuple):
    """Where a secret stands in what is seen; what may be none, unless it is known, is given in ``unsure``."""

    start: int
    end: int
    unsure: str = ""


def secrets_in(seen: Appearance) -> Iterator[Found]:
    """Where secrets stand in what is seen, or may stand: in links, and bare, as on an integrator's own page."""
    for link in LINK.finditer(seen.text):
        if _ours(seen.text, link.start()):
            yield Found(*link.span(link.lastgroup or 0))
        elif link["case"]:
            yield _suspect(seen, *link.span("case"))
    for word in WORD.finditer(seen.text):
        if word["broken"] and len(word["broken"]) > LENGTH:
            yield _suspect(seen, word.start(), word.start() + LENGTH + 1)
        elif len(word[0]) >= LENGTH:
            yield from (_suspect(seen, start, start + LENGTH) for start in _beginnings(word))


def _beginnings(word: re.Match[str]) -> Iterator[int]:
    """Where in a long word a secret may begin: what marks it at either end may belong to it as well."""
    before, behind = (len(word[0]) - len(bare) for bare in (word[0].lstrip(MARKS), word[0].rstrip(MARKS)))
    yield from range(word.start(), word.start() + min(before, MOST_MARKS) + 1)
    yield from range(word.end() - LENGTH - min(behind, MOST_MARKS), word.end() - LENGTH + 1)


def _suspect(seen: Appearance, start: int, end: int) -> Found:
    return Found(start, end, seen.text[start:end].replace("\n", ""))


def _ours(text: str, start: int) -> bool:
    host = deployed().base_url.partition("://")[2].lower()
    before = text[max(0, start - LONGEST_HOST) : start].replace("\n", "").rstrip("/_")
    return before.lower().endswith(host)
