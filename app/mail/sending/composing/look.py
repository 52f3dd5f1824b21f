"""How mails look: with the name, logo, colour and footer of the house, in daylight and in the dark."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from app.colors import DARK, DAYLIGHT, readable, readable_on
from app.config import settings
from app.mail.sending.masking.mask import Mask


@dataclass(frozen=True)
class Shades:
    """The colour of the house where it can be read, and what can be read on it."""

    accent: str
    on_accent: str


@dataclass(frozen=True)
class Look:
    """The house as its mails show it."""

    name: str = "Support"
    color: str = "#1b6a5c"
    logo: str | None = None
    footer: str = ""

    @property
    def light(self) -> Shades:
        """In daylight."""
        return _shades(self.color, DAYLIGHT)

    @property
    def dark(self) -> Shades:
        """In the dark."""
        return _shades(self.color, DARK)


def _shades(color: str, ground: str) -> Shades:
    accent = readable(color, on=ground)
    return Shades(accent, readable_on(accent))


_shown: ContextVar[Look | None] = ContextVar("shown", default=None)


def house() -> Look:
    """The look in which a mail is written at the moment; a plain one while templates are only tried."""
    return _shown.get() or Look()


@contextmanager
def looking_like(look: Look) -> Iterator[None]:
    """Write mails in this look."""
    before = _shown.set(look)
    try:
        yield
    finally:
        _shown.reset(before)


def look_for(mask: Mask) -> Look:
    """The look of the house for one reader: an address in its footer that he must not see would keep his mail here."""
    now = settings()
    return Look(mask(now.brand_name), now.brand_color, now.brand_logo, mask(now.brand_footer))
