"""The pages of a customer: his case, rating it, and links that have ended."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.house import Lived
from tests.browser.pages.ways import View, at, case, pressed, rating, visit
from tests.cast import BEN, UNA

DEAD = ".card form[action='/new-link']"


def _earlier(page: Page, lived: Lived) -> None:
    page.get_by_role("link", name="Show earlier messages").click()
    page.get_by_role("link", name="Go to the latest messages").wait_for()


def _not_mine(page: Page, lived: Lived) -> None:
    page.get_by_text("This is not mine", exact=True).click()


def _too_late(page: Page, lived: Lived) -> None:
    """The button is pressed when what belongs to it is gone."""
    page.context.clear_cookies(name="casey")
    pressed("main form button", ".error")(page, lived)


def _ended(name: str, *shown_by: str, then: object = None) -> View:
    def go(page: Page, lived: Lived) -> None:
        visit(page, lived.places[name])
        if callable(then):
            then(page, lived)

    return View(go, shown_by or ("renewal.show",))


CUSTOMER: Mapping[str, View] = {
    "front": at("/", "front.front"),
    "case": case("short"),
    "case-refused": case("short", then=pressed("#reply form button", ".error", message="   ")),
    "case-said": case("muted", then=pressed("form[action$='mute'] button", ".said")),
    "case-wordless": case("wordless"),
    "case-long": case("long"),
    "case-earlier": case("long", then=_earlier),
    "case-closed": case("closed"),
    "case-reopened": case("reopened"),
    "case-muted": case("muted"),
    "case-not-mine": case("short", then=_not_mine),
    "case-merged": case("merged"),
    "case-spam": case("spam"),
    "case-pending": case("pending"),
    "case-files": case("rich"),
    "case-team": case("rich", reader=BEN),
    "left": at("/left", "acts.left"),
    "rating": rating("closed"),
    "rating-refused": rating("closed", then=_too_late),
    "rating-again": rating("rated"),
    "rated": rating("rated", "rate.thanks", then=pressed("main form button", "blockquote", comment="Thank you all.")),
    "not-rated": rating("closed", "rate.thanks", then=lambda page, lived: visit(page, f"{page.url}/thanks")),
    "ended": _ended("ended"),
    "ended-rating": _ended("ended-rating"),
    "ended-refused": _ended("ended", then=pressed("main form button", ".error", address="nobody")),
    "renewed": _ended(
        "ended", "renewal.sent", then=pressed("main form button", f"main:not(:has({DEAD}))", address=UNA)
    ),
    "unopened": at("/new-link"),
}
