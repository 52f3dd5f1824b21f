"""What was written in a mail: its text, which spans of it are new, and the same as HTML that is safe to be shown."""

import re
from dataclasses import dataclass
from itertools import accumulate

from app.mail.reading.bodies import Body, as_html
from app.mail.reading.html.safe import safe
from app.mail.reading.html.text import Spans, text_of_html
from app.mail.reading.html.tree import opened
from app.mail.reading.html.words import words_of_html
from app.mail.reading.quoting import mark_quotes, visible_spans
from app.text import storable

BETWEEN = "\n\n"
# What mail programs put into the plain part instead of the text. They all name HTML, and say it in few words.
EXCUSE = re.compile(
    r"(?:not|n't|unable|cannot|support|enable|view|display|switch|nicht|keine|unterstützt|anzeige|"
    r"pas en mesure|affich|supporte|visuali[sz]|admite|compatible|weergeven|ondersteun|поддерж|stöd|visa)",
    re.IGNORECASE,
)
LONGEST_EXCUSE = 400
MOST_PAGES = 100


@dataclass(frozen=True)
class Written:
    """A text, its new spans (None when all is new), and its HTML, if it has any that can be shown."""

    text: str
    visible: Spans | None = None
    html: str | None = None


def written_in(bodies: list[Body], *notes: str) -> Written:
    """All pieces of a mail as one. Nothing is left out; ``notes`` are ours, and stand at the end."""
    bodies = [body if number < MOST_PAGES else _simple(body) for number, body in enumerate(bodies)]
    pieces = [piece for body in bodies if (piece := _piece(body)).text or piece.html]
    pieces += [Written(note) for note in notes]
    return Written(BETWEEN.join(piece.text for piece in pieces), _visible(pieces), _html(bodies, pieces))


def _simple(body: Body) -> Body:
    return Body(plain=body.plain or words_of_html(body.html))


def _piece(body: Body) -> Written:
    plain = storable(body.plain.strip("\n"))
    if not body.html:
        return Written(plain, visible_spans(plain))
    found = _from_html(storable(body.html))
    if not plain.strip() or _is_excuse(plain, found.text):
        return found if found.text else Written(plain, None, found.html)
    return Written(plain, visible_spans(plain), found.html)


def _from_html(html: str) -> Written:
    tree = opened(html)
    if tree is None:
        text = words_of_html(html)
        return Written(text, visible_spans(text))
    mark_quotes(tree)
    text, visible = text_of_html(tree)
    return Written(text, visible, safe(tree))


def _is_excuse(plain: str, from_html: str) -> bool:
    """Whether the plain part only says that there is HTML to be read."""
    short = len(plain) <= LONGEST_EXCUSE and len(plain) < len(from_html) + 100
    said_twice = " ".join(plain.split()) in " ".join(from_html.split())
    return short and "html" in plain.lower() and bool(EXCUSE.search(plain)) and not said_twice


def _visible(pieces: list[Written]) -> Spans | None:
    """The spans of all pieces, moved to where the pieces stand in the whole."""
    if all(piece.visible is None for piece in pieces):
        return None
    starts = accumulate((len(piece.text) + len(BETWEEN) for piece in pieces), initial=0)
    return tuple(
        (start + first, start + last)
        for start, piece in zip(starts, pieces, strict=False)
        for first, last in (piece.visible if piece.visible is not None else ((0, len(piece.text)),))
    )


def _html(bodies: list[Body], pieces: list[Written]) -> str | None:
    """The HTML of all pieces, plain ones among it as they are; None when that of one cannot be shown."""
    if not any(body.html for body in bodies) or not any(piece.html for piece in pieces):
        return None
    return "\n".join(piece.html or as_html(piece.text) for piece in pieces)
