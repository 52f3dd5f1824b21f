"""The pages of whoever asks something: confirming, and the contact form."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.house import Lived
from tests.browser.pages.ways import View, at, pressed, visit

CONFIRMING = "main form button"


def _confirm(page: Page, lived: Lived) -> None:
    visit(page, lived.pending())


def _confirmed(page: Page, lived: Lived) -> None:
    _confirm(page, lived)
    page.locator(CONFIRMING).first.click()
    page.get_by_text("What happens next").wait_for()


def _at_once(page: Page, lived: Lived) -> None:
    """A form that is sent as quickly as no person does."""
    visit(page, f"{lived.site}/new")
    told = {"name": "Una", "address": "una@customer.test", "subject": "Tea", "message": "It came cold."}
    pressed("main form button", ".error", **told)(page, lived)


def _refused(page: Page, lived: Lived) -> None:
    visit(page, f"{lived.site}/new")
    pressed("main form button", ".error", address="nobody")(page, lived)


def _confirming(way: str) -> View:
    return View(lambda page, lived: visit(page, getattr(lived, way)()), ("confirm.show",))


ASKING: Mapping[str, View] = {
    "unopened-confirm": at("/confirm"),
    "confirm": View(_confirm, ("confirm.show",)),
    "confirm-endless": View(lambda page, lived: visit(page, lived.pending("very" * 100)), ("confirm.show",)),
    "confirmed": View(_confirmed, ("confirm.show",)),
    "confirmed-before": _confirming("confirmed"),
    "confirm-ended": View(lambda page, lived: visit(page, lived.unconfirmed()), ()),
    "confirm-unknown": at("/confirm/nobody-knows-this"),
    "contact": at("/new", "contact.show"),
    "contact-refused": View(_refused, ("contact.show",)),
    "contact-quick": View(_at_once, ("contact.show",)),
    "contact-embedded": at("/new?embedded=1", "contact.show"),
    "contact-sent": at("/new/sent", "contact.sent"),
    "contact-sent-embedded": at("/new/sent?embedded=1", "contact.sent"),
}
