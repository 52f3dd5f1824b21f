"""Every page there is, by its name, and how its reader gets there. Whoever makes a page puts it here."""

from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.browser.house import Lived
from tests.cast import BEN, UNA
from tests.scale import FULL

Way = Callable[[Page, Lived], None]

CONFIRMING = "main form button"


def _at(path: str) -> Way:
    return lambda page, lived: visit(page, f"{lived.site}{path}")


def _case(name: str, reader: str = UNA) -> Way:
    return lambda page, lived: visit(page, lived.link(name, reader))


def _in_sandbox(path: str = "") -> Way:
    def go(page: Page, lived: Lived) -> None:
        visit(page, lived.sandbox)
        if path:
            visit(page, f"{lived.site}/sandbox/{path}")

    return go


def visit(page: Page, address: str) -> None:
    """Follow a link, and let the page come to rest."""
    page.goto(address, wait_until="load")


def _confirm(page: Page, lived: Lived) -> None:
    visit(page, lived.pending())


def _confirmed(page: Page, lived: Lived) -> None:
    _confirm(page, lived)
    page.locator(CONFIRMING).first.click()
    page.wait_for_load_state()


def _refused_reply(page: Page, lived: Lived) -> None:
    visit(page, lived.link("short"))
    page.locator("textarea").first.fill("   ")
    page.locator("#reply form button").first.click()
    page.wait_for_load_state()


def _refused_contact(page: Page, lived: Lived) -> None:
    visit(page, f"{lived.site}/new")
    page.locator("main form button").click()
    page.wait_for_load_state()


PAGES: Mapping[str, Way] = {
    "front": _at("/"),
    "error": _at("/nowhere"),
    "unopened": _at("/confirm"),
    "confirm": _confirm,
    "confirmed": _confirmed,
    "case": _case("short"),
    "case-refused": _refused_reply,
    "case-long": _case("long"),
    "case-closed": _case("closed"),
    "case-files": _case("rich"),
    "case-team": _case("rich", BEN),
    "contact": _at("/new"),
    "contact-refused": _refused_contact,
    "contact-embedded": _at("/new?embedded=1"),
    "contact-sent": _at("/new/sent"),
    "sandbox": _in_sandbox(),
    "sandbox-mailbox": _in_sandbox(f"mailboxes/{UNA}"),
    "sandbox-empty": _in_sandbox("mailboxes/nobody@nowhere.test"),
    "sandbox-mail": _in_sandbox("mails/1"),
    "sandbox-source": _in_sandbox("mails/1?view=source"),
    "sandbox-arrived": _in_sandbox("received"),
    "docs": _at("/docs"),
    "docs-deskie": _at("/docs/deskie"),
    "docs-kayako": _at("/docs/kayako"),
}

# axe takes its time for what is that long, and the pages are made alike.
SLOW = {"docs", "docs-kayako"}
LOOKED_AT = [name for name in PAGES if FULL or name not in SLOW]
