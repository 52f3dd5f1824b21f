"""The pages of the team but for that of a case: signing in, the queue, what each one prefers."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.house import ASKED_WITH, Lived
from tests.browser.pages.ways import View, at, pressed, sign_in, team, visit
from tests.cast import AMY, BEN, OLGA

QUEUE, PREFERENCES = "queue.queue", "preferences.show"


def _entering(page: Page, lived: Lived) -> None:
    cookie = {"name": "casey_asked_with", "value": ASKED_WITH, "domain": "127.0.0.1", "path": "/team/sign-in"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    visit(page, lived.sign_in(BEN))


def _asked(address: str, until: str) -> View:
    def go(page: Page, lived: Lived) -> None:
        visit(page, f"{lived.site}/team/sign-in")
        pressed("main form button", until, address=address)(page, lived)

    return View(go, ("sign_in.ask",))


def _elsewhere(page: Page, lived: Lived) -> None:
    """olga, who has signed in with another browser too."""
    lived.sign_in_elsewhere(OLGA)
    sign_in(page, lived, OLGA)
    visit(page, f"{lived.site}/team/preferences")


def _keys(page: Page, lived: Lived) -> None:
    """What the keys do is shown where there are scripts that hear them."""
    page.keyboard.press("?")


_unfit = pressed(".card form button", ".error", time_zone="Nowhere/Else")

TEAM: Mapping[str, View] = {
    "sign-in": at("/team/sign-in", "sign_in.ask"),
    "sign-in-refused": _asked("nobody@nowhere", ".error"),
    "sign-in-sent": at("/team/sign-in/sent", "sign_in.sent"),
    "sign-in-enter": View(_entering, ("sign_in.enter",)),
    "sign-in-ended": at("/team/sign-in/nobody-knows-this", "sign_in.arrive"),
    "queue": team("/team", QUEUE, BEN),
    "queue-next": team("/team", QUEUE, BEN, then=lambda page, lived: page.locator("[rel=next]").click()),
    "queue-keys": team("/team", QUEUE, BEN, then=_keys),
    "queue-none": team("/team?filter=mine", QUEUE, BEN),
    "queue-closed": team("/team?filter=closed", QUEUE, AMY),
    "queue-gone": team("/team?filter=nonsense", QUEUE, AMY),
    "queue-empty": team("/team", QUEUE, BEN, empty=True),
    "search": team("/team?q=over", QUEUE, BEN),
    "search-nothing": team("/team?q=elephant", QUEUE, BEN),
    "search-refused": team("/team?q=***", QUEUE, BEN),
    "search-endless": team(f"/team?q={'w' * 190}", QUEUE, BEN),
    "preferences": team("/team/preferences", PREFERENCES, BEN),
    "preferences-refused": team("/team/preferences", PREFERENCES, BEN, then=_unfit),
    "preferences-elsewhere": View(_elsewhere, (PREFERENCES,)),
}
