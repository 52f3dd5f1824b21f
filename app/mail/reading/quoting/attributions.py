"""The line that mail programs write above a quote: on Monday at ten Ben wrote. It may be wrapped over a few lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.mail.reading.quoting.languages import (
    APOSTROPHES,
    COLONS,
    DATE_SIGNS,
    HOUR_SIGNS,
    OPENINGS,
    PARTICLES,
    PRONOUNS,
    SMALL_WORDS,
    WEEKDAYS,
    WROTE,
)
from app.mail.reading.quoting.lines import Hint, Line, same_depth

MOST_LINES = 4
LONGEST = 400
ADDRESS = re.compile(
    r"(?<![^\s<(\[\"',:;\uff1a\u3001\uff0c*])[^\s<>()\[\]@\"',:;]{1,64}@[^\s<>()\[\]@\"',:;\u3001\uff0c]{1,255}"
)
DATE = re.compile(
    r"\d{1,4} ?[" + DATE_SIGNS + r"] ?\d{1,2}(?!\d*@)"
    r"|(?<!\d)\d{1,2}(?:\.|º|st|nd|rd|th)? (?:de )?[^\W\d_]{3,12}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,"
)
YEAR_OR_TIME = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}[:.h]\d\d|[./-]\d\d(?!\d)")
TIME = re.compile(rf"\d{{1,2}} ?[{HOUR_SIGNS}] ?\d\d")
WORD = re.compile(rf"[^\W\d_][\w.{APOSTROPHES}-]*")
SENTENCE_GOES_ON = re.compile(r"[!?…] ")
# Marks of direction, and what else some programs put before a line.
INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"
MOST_UNKNOWN_WORDS = 2
LONGEST_NAME = 5


@dataclass(frozen=True)
class Attribution:
    """Where it ends, and whether it is so complete that nobody would write it by hand."""

    end: int
    sure: bool


def attribution_at(lines: Sequence[Line], at: int) -> Attribution | None:
    """The attribution that begins with this line.

    Where it begins with a name, the last line it can begin with is where it begins: the line above it may be how the
    author signed.
    """
    if lines[at].hint is Hint.ATTRIBUTION:
        return Attribution(_end_of_hint(lines, at), sure=True)
    for end, words in endings(lines, at):
        sure = _judged(words)
        if sure is None:
            continue
        if not _opened(words) and any(_begins_later(lines, later, end) for later in range(at + 1, end)):
            return None
        return Attribution(end, sure)
    return None


def _end_of_hint(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and (lines[at].hint is Hint.ATTRIBUTION):
        at += 1
    return at


def endings(lines: Sequence[Line], at: int) -> Iterator[tuple[int, str]]:
    """What the next lines say together, wherever a colon ends one of them."""
    if not any(line.announces for line in lines[at : at + MOST_LINES]):
        return
    words: list[str] = []
    for index, line in same_depth(lines, at, MOST_LINES):
        if len(line.text) > LONGEST:
            return
        words.append(" ".join(line.text.split()).strip(INVISIBLE + " *-"))
        if line.announces:
            yield index + 1, " ".join(words)


def _begins_later(lines: Sequence[Line], at: int, end: int) -> bool:
    return any(found == end and _judged(words) is not None for found, words in endings(lines, at))


def _judged(words: str) -> bool | None:
    """Whether these words are surely an attribution, or only before a quote; None when they are none."""
    verb = WROTE.search(words)
    if (not verb and "@" not in words) or SENTENCE_GOES_ON.search(words):
        return None
    addressed, dated = bool(ADDRESS.search(words)), bool(DATE.search(words) and YEAR_OR_TIME.search(words))
    if not verb:
        fits = addressed and dated and bool(TIME.search(words)) and _opened(words) and _only_machine(words)
        return words.rstrip(COLONS + " ").endswith(">") if fits else None
    if _opened(words):
        fits = _only_machine(words) and (addressed or dated or _name_alone(words, verb))
    else:
        fits = _named_first(words, verb, evident=addressed or dated)
    return (addressed and dated) if fits else None


def _opened(words: str) -> bool:
    """Whether they begin as only an attribution with a date first does."""
    first = WORD.match(words)
    weekday = first is not None and first[0].rstrip(".").lower() in WEEKDAYS and first.end() < 15
    return bool(weekday or words[:1].isdigit() or OPENINGS.match(words))


def _words(text: str) -> list[str]:
    """The words that a mail program would not write between a date, a name and an address."""
    bare = WROTE.sub(" ", ADDRESS.sub(" ", text))
    found = (word.rstrip(".") for word in WORD.findall(bare))
    return [word for word in found if word.lower() not in SMALL_WORDS and word.lower() not in PARTICLES]


def _only_machine(text: str) -> bool:
    """Whether there are hardly any words but names: ``On Monday I wrote to Ben`` is somebody's own sentence."""
    words = _words(text)
    spoken = any(word.lower() in PRONOUNS for word in words)
    return not spoken and sum(word[0].islower() for word in words) <= MOST_UNKNOWN_WORDS


def _name_alone(words: str, verb: re.Match[str]) -> bool:
    return not words[verb.end() :].strip(COLONS + " *-") and not any(word[0].islower() for word in _words(words))


def _named_first(words: str, verb: re.Match[str], *, evident: bool) -> bool:
    """``Ben Foo <ben@team.test> wrote on 3/3/2025:``, and ``Ben Foo wrote:``, but not ``What Ben and I wrote:``."""
    before, after = words[: verb.start()], words[verb.end() :].strip(COLONS + " *-")
    name = _words(before)
    named = len(name) <= LONGEST_NAME + (4 if evident else 0) and not any(word[0].islower() for word in name)
    spoken = any(word.lower() in PRONOUNS for word in name)
    return named and not spoken and bool(name or evident) and (not after or (evident and _only_machine(after)))
