"""On what a page is looked at: widths, daylight and dark, with JavaScript and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from playwright.sync_api import Browser, CDPSession, Page

Scheme = Literal["light", "dark"]
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PATIENCE = 30_000  # where many browsers share a machine


@dataclass
class Sight:
    """A page on a screen. Scripts may be let run at its end, when none of the page's own are left to run."""

    page: Page
    session: CDPSession = field(repr=False)

    def let_scripts_run(self, allowed: bool = True) -> None:
        """From now on, or no more."""
        self.session.send("Emulation.setScriptExecutionDisabled", {"value": not allowed})


@dataclass(frozen=True)
class Screen:
    """One way to look."""

    width: int
    scheme: Scheme
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{'scripts' if self.scripts else 'plain'}"

    @contextmanager
    def opened(self, chromium: Browser) -> Iterator[Sight]:
        """The browser of somebody new that looks so."""
        asked = {"viewport": {"width": self.width, "height": 800}, "color_scheme": self.scheme}
        with chromium.new_context(**asked, reduced_motion="reduce") as context:  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            sight = Sight(page, context.new_cdp_session(page))
            sight.let_scripts_run(self.scripts)
            yield sight


ALL = [Screen(*one) for one in product(WIDTHS, SCHEMES, (False, True))]
CUT = [Screen(360, "dark", scripts=False), Screen(1280, "light", scripts=True)]
