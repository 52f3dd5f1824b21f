"""The lines that stand between what is new and what is repeated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.mail.reading.quoting.attributions import ADDRESS, DATE, attribution_at, endings
from app.mail.reading.quoting.headers import LABEL, header_block_at
from app.mail.reading.quoting.languages import COLONS, DASHES, DRAWN_WITH, FORWARD_BEGINS, FORWARDED, ORIGINAL
from app.mail.reading.quoting.lines import Hint, Line, next_written

# The first line of every mail of ours, in each of the languages they are in: the surest sign of all.
MARKER = "-- Please write your answer above this line --"
MARKERS = (
    MARKER,
    "-- Bitte schreiben Sie Ihre Antwort über diese Zeile --",
    "-- Por favor, escriba su respuesta por encima de esta línea --",
    "-- Veuillez écrire votre réponse au-dessus de cette ligne --",
    "-- Пожалуйста, напишите ответ над этой строкой --",
    "-- Skriv ditt svar ovanför den här raden --",
)
MARKER_WORDS = tuple(one.strip("- ").lower() for one in MARKERS)
MARKER_BEGINNINGS = "\n" + "\n".join(MARKER_WORDS)
# Above it stands, hidden, what lists of mails show of a mail of ours. It ends in signs that nobody sees or types.
PREVIEW_SIGN = "\u034f"
PREVIEW_END = re.compile(rf"(?:{PREVIEW_SIGN}[\u200c\s]*){{5,}}$")
RULE = re.compile(r"[ \t]{0,8}(?:_{5,}|-{5,}|[-\u2013\u2014*=_ ]{0,40}[-\u2013\u2014]{5,})[ \t]{0,8}$")


@dataclass(frozen=True)
class Delimiter:
    """Where the words of the machine end, whether all that follows may be the answered mail, and if they are ours."""

    end: int
    sure: bool
    ours: bool = False


def delimiter_at(lines: Sequence[Line], at: int) -> Delimiter | None:
    """What a mail program wrote above the answered mail, beginning with this line; all of it, where it wrote more.

    A rule alone is nothing, and neither is a single line of a header.
    """
    end, sure = at, False
    ruled = bool(RULE.match(lines[at].text))
    if ruled or separates(lines[at].text, ORIGINAL):
        end, sure = at + 1, not ruled
    below = next_written(lines, end, 2) if end > at else at
    found = _words_at(lines, below) if below is not None else None
    if found is None:
        return Delimiter(end, sure) if sure else None
    return Delimiter(found.end, sure or found.sure, found.ours)


def _words_at(lines: Sequence[Line], at: int) -> Delimiter | None:
    """Headers or an attribution; some programs write the one below the other."""
    marker = marker_length(lines, at)
    if marker:
        return Delimiter(at + marker, sure=True, ours=True)
    block = header_block_at(lines, at)
    if block:
        return None if _goes_on_as_a_form(lines, block.end) else Delimiter(block.end, sure=True)
    attribution = attribution_at(lines, at)
    return Delimiter(attribution.end, attribution.sure) if attribution else None


def _goes_on_as_a_form(lines: Sequence[Line], end: int) -> bool:
    """Whether a line with a label of another kind follows: ``Message: ...``, as contact forms write."""
    return end < len(lines) and bool(LABEL.match(lines[end].text))


def above_marker(lines: Sequence[Line], at: int) -> Delimiter | None:
    """What stands right above our marker, where that is quoted: an attribution in a language we do not know."""
    for end, words in endings(lines, at):
        below = next_written(lines, end)
        if below is not None and marker_length(lines, below) and ADDRESS.search(words) and DATE.search(words):
            return Delimiter(end, sure=False)
    return None


def separates(text: str, phrases: frozenset[str]) -> bool:
    """Whether a line is one of these phrases between dashes."""
    bare = text.strip(DASHES).rstrip(COLONS + " ")
    dashed = text.strip().startswith(tuple(DRAWN_WITH)) and len(text.strip()) - len(bare) >= 4
    return dashed and bare.lower() in phrases


def forward_begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a mail that is passed on begins here. It is not a quote, but what the mail is about."""
    text = lines[at].text.strip()
    if len(text) > 200:
        return False
    bare = text.strip(DASHES).lower()
    dashed = separates(text, FORWARDED) or (text.startswith("--") and bare.startswith("forwarded message from "))
    return dashed or (text.endswith(tuple(COLONS)) and text.rstrip(COLONS + " \xa0").lower() in FORWARD_BEGINS)


def marker_length(lines: Sequence[Line], at: int) -> int:
    """How many lines our marker takes up here, with what lists of mails show before it; none when it is not here."""
    if PREVIEW_SIGN not in lines[at].text or not PREVIEW_END.search(lines[at].text):
        return _marker_alone(lines, at)
    below = next_written(lines, at + 1)
    marker = _marker_alone(lines, below) if below is not None else 0
    return below + marker - at if below is not None and marker else 0


def _marker_alone(lines: Sequence[Line], at: int) -> int:
    """One line, or two when it was wrapped."""
    first = lines[at].text.strip(DASHES + ">").lower()
    if not first or f"\n{first}" not in MARKER_BEGINNINGS:
        return 0
    if first in MARKER_WORDS:
        return 1
    second = lines[at + 1].text.strip(DASHES + ">").lower() if at + 1 < len(lines) else ""
    return 2 if f"{first} {second}" in MARKER_WORDS else 0


def rest_begins(lines: Sequence[Line], at: int) -> bool:
    """Whether the HTML says that all is repeated from here on, and it looks so: by a rule, or by headers."""
    line = lines[at]
    return line.hint is Hint.REST and bool(RULE.match(line.text) or LABEL.match(line.text))
