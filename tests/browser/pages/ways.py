"""How the readers of pages get to them."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from app.cases.links import Purpose
from tests.browser.house import Lived
from tests.cast import UNA

Way = Callable[[Page, Lived], None]


@dataclass(frozen=True)
class View:
    """A page: how one gets to it, and the routes that have shown something by then."""

    way: Way
    shown_by: tuple[str, ...]
    empty: bool = False

    def reach(self, page: Page, lived: Lived) -> None:
        """Get there, and wait until all of it has come: a click waits for its first bytes only."""
        self.way(page, lived)
        page.wait_for_load_state()


def visit(page: Page, address: str) -> None:
    """Follow a link, and let the page come to rest."""
    page.goto(address, wait_until="load")


def sign_in(page: Page, lived: Lived, address: str) -> None:
    """Be signed in as one of the team."""
    cookie = {"name": "casey_team", "value": lived.session(address), "domain": "127.0.0.1", "path": "/team"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def at(path: str, *shown_by: str) -> View:
    """At an address that everybody knows."""
    return View(lambda page, lived: visit(page, f"{lived.site}{path}"), shown_by)


def case(name: str, *shown_by: str, reader: str = UNA, then: Way | None = None) -> View:
    """By the link of a case, and what is done there."""
    return View(_and_then(lambda page, lived: visit(page, lived.link(name, reader)), then), shown_by or ("case.show",))


def rating(name: str, *shown_by: str, then: Way | None = None) -> View:
    """By the link that asks how a case was."""

    def go(page: Page, lived: Lived) -> None:
        visit(page, lived.link(name, UNA, Purpose.RATE, then="/high"))

    return View(_and_then(go, then), shown_by or ("rate.show",))


def team(path: str, shown_by: str, reader: str, *, then: Way | None = None, empty: bool = False) -> View:
    """Of the team, at an address of its own, which may name a case."""

    def go(page: Page, lived: Lived) -> None:
        sign_in(page, lived, reader)
        visit(page, f"{lived.site}{path.format(**lived.cases)}")

    return View(_and_then(go, then), (shown_by,), empty)


def placed(name: str, shown_by: str, reader: str, *, then: Way | None = None) -> View:
    """Of the team, where the house has kept something under this name."""

    def go(page: Page, lived: Lived) -> None:
        sign_in(page, lived, reader)
        visit(page, f"{lived.site}{lived.places[name]}")

    return View(_and_then(go, then), (shown_by,))


def pressed(button: str, until: str, **filled: str) -> Way:
    """Fill in fields by their names, press a button, and wait for what the page shows then."""

    def go(page: Page, lived: Lived) -> None:
        form = page.locator(button).first.locator("xpath=ancestor::form")
        for name, text in filled.items():
            form.locator(f"[name={name}]").fill(text)
        page.locator(button).first.click()
        page.locator(until).first.wait_for()

    return go


def _and_then(go: Way, then: Way | None) -> Way:
    def both(page: Page, lived: Lived) -> None:
        go(page, lived)
        if then is not None:
            then(page, lived)

    return both
