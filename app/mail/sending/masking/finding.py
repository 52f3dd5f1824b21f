"""Finding addresses in a text: each @, and what the signs around it may mean.

Whole addresses only: ``ben@x.test`` is not in ``ruben@x.test``. What could be read in many ways is only compared with
what is known, domains first, so that no text costs more than its length.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.mail.sending.masking.appearance import Appearance
from app.mail.sending.masking.known import Known

# Bounded as addresses are (RFC 5321, 4.5.3.1), with room for an end of line within.
LONGEST_LOCAL = 70
LOCAL = re.compile(r"[A-Za-z0-9_.!#$&'*+/=?^`{|}~\n-]{1,70}\Z")
# Letters, with the signs that some scripts put on them, which stay single signs.
LETTER = r"(?:[^\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff])"
DOMAIN = re.compile(rf"(?:{LETTER}|[-.](?={LETTER}|[-\n])|\n(?={LETTER}|[-.])){{1,260}}+")
# Behind what an address can begin within a longer find: ``to=ben@x.test``, ``_ben@x.test_``, ``...ben@x.test``.
BEGINNING = re.compile(r"(?:^|[!#$&'*/=?^`{|}~\n]|\.\.)(?P<marks>[-_.+]*)")
# Before what it can end: the end of a line, a dash, the next sentence; in some scripts, the next word; in the name of a
# file, its ending; before another address, whatever may join them.
ENDING = re.compile(r"\n|--|\.(?=[A-Z](?![A-Z]))|(?<=[!-~])[^!-~\n]|\Z")
NAME_ENDING = re.compile(rf"\.|{ENDING.pattern}")
JOINT = re.compile(rf"-|{NAME_ENDING.pattern}")
TOKEN = re.compile(r"[Cc]\n?\.")  # our ids count whatever stands before them
REST_OF_LOCAL = re.compile(r"[A-Za-z0-9_.!#$&'*+/=?^`{|}~-]{0,64}@")


class Reading(NamedTuple):
    """An address that means something, and where it stands in what is seen."""

    key: str
    start: int
    end: int


class End(NamedTuple):
    """Where an address may end, and the domain it has then."""

    at: int
    domain: str


def finds(seen: Appearance, known: Known, *, file_name: bool = False) -> Iterator[Reading]:
    """For each @ the longest address that means something; in the name of a file an ending may follow it.

    ``o'neil@x.test`` stays when the reader is O'Neil, even if there is a ``neil@x.test`` in the team.
    """
    text, behind = seen.text, 0
    at = text.find("@")
    while at >= 0:
        found = _find(text, behind, at, known, NAME_ENDING if file_name else ENDING)
        if found:
            yield found
        at, behind = text.find("@", at + 1), found.end if found else at + 1


def _find(text: str, behind: int, at: int, known: Known, ending: re.Pattern[str]) -> Reading | None:
    quoted = at > behind and text[at - 1] == '"'  # "ben"@x.test
    domain = DOMAIN.match(text, at + 1)
    local = LOCAL.search(text, max(behind, at - LONGEST_LOCAL - quoted), at - quoted) if domain else None
    if domain is None or local is None:
        return None
    joined = REST_OF_LOCAL.match(text, domain.end())
    ends = _ends(domain, known, JOINT if joined else ending) or _end_of_token(domain, local[0])
    return _longest(local, _starts(local[0], joined=text[local.start() - 1 : local.start()] == "@"), ends, known)


def _longest(local: re.Match[str], starts: list[int], ends: list[End], known: Known) -> Reading | None:
    for start in starts if ends else ():
        name = local[0][start:].replace("\n", "").lower()
        for end in ends:
            key = f"{name}@{end.domain}"
            if known.means_something(key):
                return Reading(key, local.start() + start, end.at)
    return None


def _starts(local: str, *, joined: bool) -> list[int]:
    """Where an address may begin; behind the domain of another, also at each dash."""
    starts = {start for sign in BEGINNING.finditer(local) for start in (sign.start("marks"), sign.end())}
    starts |= {at + 1 for at, sign in enumerate(local) if sign == "-"} if joined else set()
    starts |= {found.start() for found in TOKEN.finditer(local)}
    return sorted(start for start in starts if local[start:] and local[start] != "\n")


def _ends(domain: re.Match[str], known: Known, ending: re.Pattern[str]) -> list[End]:
    """The ends that make it a domain which somebody here has, longest first."""
    found: dict[int, End] = {}
    for sign in ending.finditer(domain[0]):
        cut = domain[0][: sign.start()].rstrip("-.\n")
        name = known.domains.get(cut.replace("\n", "").lower())
        if name:
            found[len(cut)] = End(domain.start() + len(cut), name)
    return list(found.values())[::-1]


def _end_of_token(domain: re.Match[str], local: str) -> list[End]:
    """Our ids count at any domain."""
    if "c." not in local.replace("\n", "").lower():
        return []
    cut = domain[0].split("\n")[0].rstrip("-.")
    return [End(domain.start() + len(cut), cut.lower())] if cut else []
