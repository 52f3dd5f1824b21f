"""The pages of the sandbox, and those that describe the API."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.house import Lived
from tests.browser.pages.ways import View, at, pressed, visit
from tests.cast import UNA


def _sandbox(path: str, *shown_by: str, empty: bool = False) -> View:
    def go(page: Page, lived: Lived) -> None:
        visit(page, lived.sandbox)
        visit(page, f"{lived.site}/sandbox/{path}")

    return View(go, shown_by, empty)


def _refused(page: Page, lived: Lived) -> None:
    visit(page, lived.sandbox)
    pressed(".card form button", ".error", address="nobody", message="Hello?")(page, lived)


SANDBOX: Mapping[str, View] = {
    "sandbox": _sandbox("", "sandbox.mailboxes"),
    "sandbox-refused": View(_refused, ("sandbox.mailboxes",)),
    "sandbox-new": _sandbox("", "sandbox.mailboxes", empty=True),
    "sandbox-mailbox": _sandbox(f"mailboxes/{UNA}", "sandbox.mailbox"),
    "sandbox-empty": _sandbox("mailboxes/nobody@nowhere.test", "sandbox.mailbox"),
    "sandbox-mail": _sandbox("mails/1", "sandbox.mail", "sandbox.html"),
    "sandbox-text": _sandbox("mails/1?view=text", "sandbox.mail"),
    "sandbox-source": _sandbox("mails/1?view=source", "sandbox.mail"),
    "sandbox-arrived": _sandbox("received", "sandbox.arrived"),
    "sandbox-nobody": _sandbox("received", "sandbox.arrived", empty=True),
    "sandbox-received": _sandbox("received/1", "sandbox.received"),
    "sandbox-quarantined": _sandbox("received/2", "sandbox.received"),
    "docs": at("/docs", "documents.docs"),
    "docs-deskie": at("/docs/deskie", "documents.docs_of"),
    "docs-kayako": at("/docs/kayako", "documents.docs_of"),
}
