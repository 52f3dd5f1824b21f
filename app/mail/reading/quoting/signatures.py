"""Signatures at the end of what is new: behind the standard delimiter, or as phones and apps write them."""

import re
from collections.abc import Sequence

from app.mail.reading.quoting.devices import DEVICE_WORDS, DEVICES, SENT_FROM
from app.mail.reading.quoting.languages import COLONS, DASHES, QUOTATION_MARKS, SENTENCE_ENDS
from app.mail.reading.quoting.lines import Hint, Line

MOST_LINES = 12
LONGEST_SENT_FROM = 120
LINK = re.compile(r"[<(\[]?https?://[^\s<>]{1,300}[>)\]]?")
POSTSCRIPT = re.compile(r"\s{0,4}(?:p\.? ?p?\.?s|n\.?b)\b", re.IGNORECASE)
DEVICE = re.compile(
    "|".join(re.escape(one).replace(r"\{\}", rf"(?P<device{at}>.+)") for at, one in enumerate(SENT_FROM)), re.IGNORECASE
)


def signature_start(lines: Sequence[Line], flags: Sequence[bool]) -> int:
    """Where the signature begins in the last run of lines that are not flagged as quoted; behind all, if nowhere."""
    end = _end_of_text(lines, flags)
    start = end
    while start > 0 and not flags[start - 1] and _of_a_device(lines[start - 1]):
        start = _written_end(lines, flags, start - 1)
    behind = _behind_delimiter(lines, flags, start, app=start < end)
    start = start if behind is None else behind
    return start if start < end else len(lines)


def _end_of_text(lines: Sequence[Line], flags: Sequence[bool]) -> int:
    end = len(lines)
    while end > 0 and (flags[end - 1] or lines[end - 1].blank):
        end -= 1
    return end


def _written_end(lines: Sequence[Line], flags: Sequence[bool], end: int) -> int:
    while end > 0 and lines[end - 1].blank and not flags[end - 1]:
        end -= 1
    return end


def _of_a_device(line: Line) -> bool:
    """Whether a line is nothing but such words, so that ``Sent from my iPhone and then nothing came`` stays."""
    text = LINK.sub("", line.text).strip(DASHES + ".()[]")
    if line.hint is Hint.SIGNATURE:
        return True
    found = DEVICE.fullmatch(text) if 0 < len(text) < LONGEST_SENT_FROM else None
    return found is not None and _names_a_device(found[found.lastindex or 0])


def _names_a_device(words: str) -> bool:
    bare = [word.strip(QUOTATION_MARKS + ".,-*()[]").lower() for word in words.split()]
    known = all(
        low in DEVICES | DEVICE_WORDS or not word[0].islower() for low, word in zip(bare, words.split(), strict=True)
    )
    return known and not DEVICES.isdisjoint(bare)


def _behind_delimiter(lines: Sequence[Line], flags: Sequence[bool], end: int, *, app: bool) -> int | None:
    """The delimiter (RFC 3676, 4.3) above the last lines. Without its blank at the end it may be a mere rule."""
    for start in range(end - 1, max(end - MOST_LINES - 2, -1), -1):
        text = lines[start].text
        if flags[start] or POSTSCRIPT.match(text):
            return None
        alone = text.strip() == "--"
        if text == "-- " or (alone and (_like_a_card(lines[start + 1 : end]) or (app and start == end - 1))):
            return start
    return None


def _like_a_card(lines: Sequence[Line]) -> bool:
    """Whether lines are a name and how to reach somebody, rather than sentences."""
    written = [line.text.strip() for line in lines if not line.blank]
    sentences = [text for text in written if text.endswith((*SENTENCE_ENDS, *COLONS, ","))]
    return 0 < len(written) <= 8 and not sentences and max(map(len, written)) <= 80
