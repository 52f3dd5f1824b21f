"""The page of a case as the team sees it, in every state."""

from collections.abc import Mapping

from playwright.sync_api import Page

from tests.browser.house import Lived
from tests.browser.pages.ways import View, Way, placed, pressed, team
from tests.cast import AMY, BEN, OLGA


def _case(name: str, reader: str = BEN, then: Way | None = None) -> View:
    return team(f"/team/cases/{{{name}}}", "team_case.show", reader, then=then)


def _unfolded(page: Page, lived: Lived) -> None:
    for one in page.locator("main summary").all():
        one.click()


def _refused_merge(page: Page, lived: Lived) -> None:
    _unfolded(page, lived)
    pressed("form[action*='/merge'] button", ".error", into="000-000000")(page, lived)


TEAM_CASE: Mapping[str, View] = {
    "team-case": _case("reopened"),
    "team-case-invited": _case("short", then=_unfolded),
    "team-case-taken": _case("taken"),
    "team-case-own": _case("taken", AMY),
    "team-case-wordless": _case("wordless"),
    "team-case-long": _case("long"),
    "team-case-endless": _case("endless"),
    "team-case-notes": _case("rich", then=_unfolded),
    "team-case-bounced": _case("bounced"),
    "team-case-held": _case("held"),
    "team-case-held-unfolded": _case("held", OLGA, then=_unfolded),
    "team-case-mail": placed("case-mail", "team_case_mails.show", BEN),
    "team-case-mail-owner": placed("case-mail", "team_case_mails.show", OLGA),
    "team-case-mail-opened": placed("case-mail-opened", "team_case_mails.show", BEN),
    "team-case-mail-forbidden": placed("case-mail", "team_case_mails.show", AMY),
    "team-case-crowded": _case("crowded", OLGA),
    "team-case-closed": _case("closed"),
    "team-case-rated": _case("rated"),
    "team-case-left": _case("left"),
    "team-case-merged": _case("merged"),
    "team-case-pending": _case("pending"),
    "team-case-spam": _case("spam"),
    "team-case-trashed": _case("trashed"),
    "team-case-refused": _case(
        "reopened", then=pressed("form[action*='/reply'] button:not([formaction])", ".error", message=" ")
    ),
    "team-case-unmerged": _case("reopened", then=_refused_merge),
}
