"""On what a page is looked at: widths, daylight and dark, with JavaScript and without."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext

from tests.scale import FULL

Scheme = Literal["light", "dark"]
WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Screen:
    """One way to look."""

    width: int
    scheme: Scheme
    scripts: bool

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}-{'scripts' if self.scripts else 'plain'}"

    def context(self, chromium: Browser, **more: Any) -> BrowserContext:
        """A browser of somebody new that looks so."""
        asked = {"viewport": {"width": self.width, "height": 800}, "color_scheme": self.scheme}
        scripts = more.pop("scripts", self.scripts)
        return chromium.new_context(**asked, java_script_enabled=scripts, reduced_motion="reduce", **more)


ALL = [Screen(*one) for one in product(WIDTHS, SCHEMES, (False, True))]
CUT = [Screen(360, "dark", scripts=False), Screen(1280, "light", scripts=True)]
SCREENS = ALL if FULL else CUT
