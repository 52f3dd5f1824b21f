"""What people read, in their own language: words, numbers, days, and how long ago something was.

A message is written in English where it is said, as gettext has it; the catalogs beside this file hold it in the other
languages, a file for each part of the house and one for what several of them say. They are read as they are: nothing
has to be built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_timedelta
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy
from babel.units import format_unit
from jinja2 import Environment

CATALOGS = Path(__file__).parent / "catalogs"
ENGLISH = "en"
LANGUAGES = (ENGLISH, "de", "es", "fr", "ru", "sv")
# English days are written as most of its readers outside of America write them.
LOCALES = {one: Locale.parse("en_GB" if one == ENGLISH else one) for one in LANGUAGES}
RECENT = timedelta(days=7)
SIZES = (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3), ("byte", 1))

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def nearest(*wanted: str | None) -> str:
    """The first of these languages (BCP 47) that Casey speaks, German for ``de-AT``; English where it speaks none."""
    general = (one.replace("_", "-").partition("-")[0].lower() for one in wanted if one)
    return next((one for one in general if one in LANGUAGES), ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in this language, one of LANGUAGES."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The language in which everything is said at the moment."""
    return _spoken.get()


def direction() -> str:
    """In which direction it is written: ``ltr`` or ``rtl``."""
    return str(LOCALES[spoken()].text_direction)


def gettext(message: str) -> str:
    """A message in the language of its reader."""
    return _catalog(spoken()).gettext(message)


def ngettext(one: str, several: str, count: int) -> str:
    """The same of one that depends on a number, which some languages say in three ways."""
    return _catalog(spoken()).ngettext(one, several, count)


def lazily(message: str) -> Any:
    """A message that is said when it is read, for what is declared once and shown to many. It is as good as a text."""
    return LazyProxy(gettext, message, enable_cache=False)


def marked(message: str) -> str:
    """The same message, marked for the catalogs: it is said in English here, and translated where it is read."""
    return message


def teach(environment: Environment) -> None:
    """Let templates say messages, and in which language: ``_("...")``, ``ngettext``, ``{% trans %}``, ``spoken()``."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(spoken=spoken, direction=direction)


def day_and_time(at: datetime) -> str:
    """A moment as people write it, in its own time zone: 28 November 2026, 16:00 UTC."""
    day = format_date(at, "long", locale=LOCALES[spoken()])
    return f"{day}, {at:%H:%M %Z}"


def bytes_in_words(count: int) -> str:
    """How much that is, as it is written in its reader's language: 25 MB, 25 Mo."""
    name, size = next(((name, size) for name, size in SIZES if count >= size), SIZES[-1])
    number = count / size
    rounded = round(number, 1) if size > 1 and number < 10 else round(number)
    length: Literal["short", "long"] = "short" if size > 1 else "long"
    return str(format_unit(rounded, f"digital-{name}", length=length, locale=LOCALES[spoken()]))


def ago(at: datetime, now: datetime) -> str | None:
    """How long ago something was, or until it is, in words; None where the day says more."""
    since = at - now
    return format_timedelta(since, add_direction=True, locale=LOCALES[spoken()]) if abs(since) < RECENT else None


@cache
def _catalog(language: str) -> NullTranslations:
    """All parts of a catalog as one. English needs none, since that is what messages are written in."""
    found: NullTranslations = NullTranslations()
    for path in sorted((CATALOGS / language).glob("*.po")):
        part = _read(path)
        part.add_fallback(found)
        found = part
    return found


def _read(path: Path) -> NullTranslations:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=path.parent.name))
    compiled.seek(0)
    return GNUTranslations(compiled)
