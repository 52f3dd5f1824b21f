"""Finding the secrets of links that Casey made: to cases and to files. Whoever has one acts under its person's name.

A link is known by our host before it, or else by its secret: a rewriter of links may have mangled the host.
"""

import re
from collections.abc import Iterator

from app.cases.links import owners_of_secrets
from app.config import deployed
from app.mail.sending.masking.appearance import Appearance

BASE64 = r"(?:\n?[\w-])"  # a line may end within
CASE_LINK = rf"(?:c|confirm)\n?[/_][/\n]*(?P<case>[\w-]{BASE64}{{42}})"  # 32 bytes
FILE_LINK = rf"files\n?[/_][/\n]*(?P<file>\.?{BASE64}{{10,400}}+\n?\.{BASE64}{{27}})"  # signed by 20 bytes
LINK = re.compile(rf"[/_]\n?(?:{CASE_LINK}|{FILE_LINK})", re.A)
LONGEST_HOST = 300


def secrets_in(seen: Appearance) -> Iterator[tuple[int, int]]:
    """Where secrets stand in what is seen."""
    foreign = []
    for link in LINK.finditer(seen.text):
        if _ours(seen.text, link.start()):
            yield link.span(link.lastgroup or 0)
        elif link["case"]:
            foreign.append(link.span("case"))
    known = owners_of_secrets({_secret(seen, *span) for span in foreign})
    yield from (span for span in foreign if _secret(seen, *span) in known)


def _ours(text: str, start: int) -> bool:
    host = deployed().base_url.partition("://")[2].lower()
    before = text[max(0, start - LONGEST_HOST) : start].replace("\n", "").rstrip("/_")
    return before.lower().endswith(host)


def _secret(seen: Appearance, start: int, end: int) -> str:
    return seen.text[start:end].replace("\n", "")
