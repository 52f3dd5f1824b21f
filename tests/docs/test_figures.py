"""The figures that the documentation gives are those in the code."""

from datetime import timedelta

import pytest

from app.api.streaming import MOST_STREAMS, MOST_WAITING
from app.cases import proposals
from app.cases.links import LIFETIME, RENEWED_BEFORE_END, Purpose
from app.cli.daemon import THREADS
from app.feed import following
from app.jobs import periodic
from app.mail import mailboxes
from app.mail.deciding import batches, screening
from app.mail.deciding.orders import verbs
from app.mail.deciding.screening import floods
from app.mail.intake import syncing, taking
from app.mail.sending import pacing
from app.mail.sending.composing import threads, wording
from app.mail.sending.delivering import settling
from app.portal import exchange, live
from app.portal.places import FOR_CUSTOMERS, FOR_TEAM
from tests.docs.pages import ROOT

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TENS = {20: "twenty", 30: "thirty", 100: "a hundred"}

HELD = (MOST_STREAMS, MOST_WAITING, FOR_TEAM.most, FOR_CUSTOMERS.most)
FIGURES = [
    ("docs/mail.md", f"again after {settling.FIRST_PAUSE // MINUTE} minute, then 2, 4, 8"),
    (
        "docs/mail.md",
        f"up to {settling.LONGEST_PAUSE // HOUR} hours, for {settling.GIVE_UP_AFTER // DAY} days",
    ),
    ("docs/mail.md", f"at most {pacing.AN_HOUR} an hour and {pacing.A_DAY} a day"),
    ("docs/mail.md", f"{NUMBERS[pacing.ANSWERS_A_DAY]} a day per address of those that mails caused"),
    ("docs/mail.md", f"names the newest {NUMBERS[wording.MOST_PROPOSALS]}, and says how many more"),
    ("docs/mail.md", f"at most {TENS[proposals.MOST_AT_ONCE]} by one mail and {TENS[proposals.MOST]} in all"),
    ("docs/mail.md", f"{NUMBERS[floods.MOST_POSTS]} mails of one sender on one case within the last hour"),
    ("docs/mail.md", f"of a team member {TENS[floods.MOST_TEAM_POSTS]}"),
    ("docs/mail.md", f"on its line has at most {verbs.LONGEST_ARGUMENT} letters"),
    ("docs/mail.md", f"up to {NUMBERS[threads.REMEMBERED]} ids she has seen"),
    ("docs/mail.md", f"above {taking.LARGEST // 2**20} MB"),
    ("docs/mail.md", f"up to every {mailboxes.LONGEST_PAUSE // MINUTE} minutes"),
    ("docs/mail.md", f"more than {screening.MOST_HOPS} `Received` headers"),
    ("docs/mail.md", f"again after {batches.PAUSE.seconds} seconds, {NUMBERS[batches.MOST_ATTEMPTS]} times in all"),
    ("docs/operations.md", f"the lease of the mailbox ends after {syncing.LEASE // MINUTE} minute"),
    ("docs/operations.md", f"decided again; the lease ends after {batches.LEASE // MINUTE} minute"),
    ("docs/operations.md", f"Of {THREADS} threads at most {sum(HELD)} can be held so"),
    ("docs/operations.md", f"{NUMBERS[HELD[0]]} by streams of the API and {NUMBERS[HELD[1]]} by calls that wait"),
    ("docs/operations.md", f"{NUMBERS[HELD[2]]} by open pages of the team ({NUMBERS[FOR_TEAM.each]} of each member)"),
    ("docs/operations.md", f"{NUMBERS[HELD[3]]} by those of customers ({NUMBERS[FOR_CUSTOMERS.each]} of each)"),
    ("README.md", f"each with {THREADS} threads"),
    ("docs/portal.md", f"it ends after {NUMBERS[int(live.LASTING) // 60]} minutes"),
    ("docs/decisions/0012-live-updates.md", f"Every {following.SILENCE:.0f} seconds a stream looks"),
    ("docs/decisions/0004-links.md", f"a confirmation after {LIFETIME[Purpose.CONFIRM] // DAY} days"),
    ("docs/decisions/0004-links.md", f"a case link after {LIFETIME[Purpose.CASE] // DAY}"),
    ("docs/decisions/0004-links.md", f"when less than {RENEWED_BEFORE_END // DAY} are left"),
    ("docs/decisions/0004-links.md", f"{NUMBERS[exchange.LIFETIME // 3600]} hours"),
    ("docs/decisions/0007-periodic-work.md", f"when none has run for {periodic.LATE.seconds} s"),
]


@pytest.mark.parametrize(("page", "words"), FIGURES)
def test_a_page_gives_the_figure_that_is_in_the_code(page: str, words: str) -> None:
    assert words in " ".join((ROOT / page).read_text("utf-8").split())


def test_the_page_on_periodic_work_names_every_task() -> None:
    text = (ROOT / "docs/decisions/0007-periodic-work.md").read_text("utf-8")
    assert [name for name in periodic.TASKS if f"`{name}`" not in text] == []
