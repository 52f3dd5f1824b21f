"""Catalogs hold every message in every language, and numbers and days are said as each language says them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.translating import (
    CATALOGS,
    ENGLISH,
    LANGUAGES,
    ago,
    bytes_in_words,
    day_and_time,
    direction,
    gettext,
    nearest,
    speaking,
)

APP = Path(__file__).parent.parent / "app"
METHODS = [("**/templates/**.*", "jinja2.ext.babel_extract"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "lazily": None, "marked": None, "setting": (3,), "ngettext": (1, 2)}
OTHERS = [one for one in LANGUAGES if one != ENGLISH]
PLACES = re.compile(r"%\((\w+)\)s")


@cache
def messages() -> frozenset[str | tuple[str, ...]]:
    """Whatever is said somewhere, as it is written there."""
    options = {"**/templates/**.*": {"silent": "false"}}
    found = (message for _, _, message, _, _ in extract_from_dir(str(APP), METHODS, options, KEYWORDS))
    return frozenset(tuple(one) if isinstance(one, tuple) else one for one in found)


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_there_in_every_language(language: str) -> None:
    known = {one.id: one for part in parts(language) for one in part}
    said = messages()
    assert said - known.keys() == set(), "put these into a catalog"
    assert known.keys() - said == set(), "nobody says these any more"
    for id, one in known.items():
        texts = [one.string] if isinstance(one.string, str) else list(one.string)
        assert all(texts), id
        assert not one.fuzzy, id
        english = id if isinstance(id, str) else id[-1]
        assert all({*PLACES.findall(text)} <= {*PLACES.findall(english)} for text in texts), id


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_stands_in_one_part_alone_and_what_several_say_in_common(language: str) -> None:
    times = Counter(one.id for part in parts(language) for one in part)
    assert [id for id, many in times.items() if many > 1] == []


def parts(language: str) -> Iterator[list[Message]]:
    """The messages of each part of a catalog."""
    for path in (CATALOGS / language).glob("*.po"):
        with path.open("rb") as file:
            yield [one for one in read_po(file, locale=language) if one.id]


def test_the_nearest_language_is_spoken() -> None:
    assert [nearest(one) for one in ("de-AT", "DE", "sv_SE", "tlh", None, "")] == ["de", "de", "sv", "en", "en", "en"]
    assert nearest(None, "tlh", "fr-CA", "de") == "fr"


def test_what_has_no_translation_is_said_in_english() -> None:
    with speaking("sv"):
        assert gettext("No catalog holds this.") == "No catalog holds this."
        assert direction() == "ltr"


def test_days_and_how_long_ago_are_said_as_a_language_says_them() -> None:
    at = datetime(2026, 11, 28, 16, 5, tzinfo=UTC)
    assert day_and_time(at) == "28 November 2026, 16:05 UTC"
    with speaking("ru"):
        assert day_and_time(at) == "28 ноября 2026\u202f\N{CYRILLIC SMALL LETTER GHE}., 16:05 UTC"
        assert ago(at - timedelta(hours=5), at) == "5 часов назад"
    with speaking("de"):
        assert day_and_time(at) == "28. November 2026, 16:05 UTC"
        assert ago(at - timedelta(hours=2), at) == "vor 2 Stunden"
    assert ago(at - timedelta(days=30), at) is None


def test_sizes_are_said_as_a_language_says_them() -> None:
    assert [bytes_in_words(one) for one in (0, 1, 290, 1500, 25_000_000)] == [
        "0 bytes",
        "1 byte",
        "290 bytes",
        "1.5 kB",
        "25 MB",
    ]
    with speaking("fr"):
        assert bytes_in_words(25_000_000).replace("\xa0", " ").replace("\u202f", " ") == "25 Mo"
