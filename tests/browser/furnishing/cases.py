"""Cases in every state."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from app.cases.assignment import assign_case
from app.cases.attachments import clean_name
from app.cases.canned_answers import can_answer
from app.cases.content import Content
from app.cases.discarding import mark_spam, trash_case
from app.cases.filters import save_filter
from app.cases.labels import attach_labels
from app.cases.leaving import disown_case
from app.cases.lifecycle import close_case, reopen_case
from app.cases.merging import merge_cases
from app.cases.models import Case, Priority
from app.cases.muting import mute_participant
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.cases.ratings import Score, rate_case
from app.clock import now
from app.people.models import Person
from app.people.persons import create_person, known_person
from tests.cast import AMY, BEN, UNA
from tests.files.posts import PNG, a_file, a_picture

LONG, ENDLESS, CROWD, QUEUE = 40, 200, 25, 45
NEVER_ENDS = "a_plan_with_a_name_that_never_ends_" * 6 + ".txt"
QUOTED = "On Monday Una wrote:\n> " + "very" * 60 + " urgent"

BEFORE = now() - timedelta(days=1)  # nobody is mailed what was written elsewhere, before

Happening = Callable[[Case, Person, Person], object]


def happened() -> Mapping[str, Case]:
    """What happened, by the name of the case that it happened in."""
    una, ben = known_person(UNA, field="una"), known_person(BEN, field="ben")
    can_answer("Thank you", "Thank you for telling us.", shared=True, by=ben)
    save_filter(
        "Those of which nobody has heard for so long that nobody remembers", {"language": "sv"}, shared=True, by=ben
    )
    cases: dict[str, Case] = {}
    for name, (subject, happening) in HAPPENINGS.items():
        cases[name] = opened(subject, una)
        happening(cases[name], una, ben)
    cases["pending"] = opened("Nobody has confirmed this", una, confirmed=False)
    cases["merged"] = opened("The same once more", una)
    merge_cases(cases["merged"], cases["short"], by=ben)
    for number in range(QUEUE):
        open_case(una, f"Case number {number}", "It is over there.", channel="api", at=BEFORE)
    return cases


def opened(subject: str, by: Person, *, confirmed: bool = True) -> Case:
    """A case that somebody opens."""
    return open_case(by, subject, "It is over there.", channel="api", confirmed=confirmed)


def _nothing(case: Case, una: Person, ben: Person) -> None:
    """It stands as it was opened."""


def _written(times: int) -> Happening:
    def write(case: Case, una: Person, ben: Person) -> None:
        for number in range(times):
            text = f"Number {number}: see https://example.com/{'x' * 60}"
            post_message(case, text, by=(una, ben)[number % 2], channel="api", at=BEFORE)

    return write


def _with_files(case: Case, una: Person, ben: Person) -> None:
    text = f"Please look at this.\n\n{QUOTED}"
    files = (a_file(NEVER_ENDS), a_picture(content=PNG))
    assert clean_name(NEVER_ENDS) == NEVER_ENDS
    post_message(case, text, by=ben, channel="mail", content=Content(visible=((0, 20),), files=files))
    write_note(case, "Careful, she is right.", by=ben, channel="api")


def _crowded(case: Case, una: Person, ben: Person) -> None:
    case.priority = Priority.CRITICAL
    attach_labels(case, [f"label {number}" for number in range(CROWD)] + ["w" * 100], by=ben)
    for number in range(CROWD):
        who = create_person(
            f"Customer {number} " + "of-the-long-name" * (number % 4), f"c{number}@customer.test", by=None
        )
        add_participant(case, who, by=None)


def _closed(case: Case, una: Person, ben: Person) -> None:
    close_case(case, by=ben)


def _reopened(case: Case, una: Person, ben: Person) -> None:
    close_case(case, by=ben)
    reopen_case(case, by=una)


def _rated(case: Case, una: Person, ben: Person) -> None:
    close_case(case, by=ben)
    rate_case(case, Score.HIGH, by=una, comment="You were quick.\n\nThank you " + "so " * 200 + "much.")


def _left(case: Case, una: Person, ben: Person) -> None:
    other = create_person("Max Other", "max@customer.test", by=None)
    add_participant(case, other, by=None)
    disown_case(case, other)


HAPPENINGS: Mapping[str, tuple[str, Happening]] = {
    "short": ("I found a bug", _nothing),
    "wordless": ("", _nothing),
    "long": ("It " + "really" * 30 + " never ends", _written(LONG)),
    "endless": ("It goes on and on", _written(ENDLESS)),
    "rich": ("Here are the files", _with_files),
    "crowded": ("Everybody is in this", _crowded),
    "closed": ("Thank you, it works", _closed),
    "reopened": ("It does not work after all", _reopened),
    "rated": ("That was good", _rated),
    "left": ("Somebody was in this by mistake", _left),
    "muted": ("I want to hear no more of it", lambda case, una, ben: mute_participant(case, una, by=una)),
    "taken": ("Somebody has it", lambda case, una, ben: assign_case(case, known_person(AMY, field="amy"), by=ben)),
    "spam": ("Buy this", lambda case, una, ben: mark_spam(case, by=ben)),
    "trashed": ("Throw this away", lambda case, una, ben: trash_case(case, by=ben)),
    "bounced": ("My address is wrong", lambda case, una, ben: post_message(case, "Hello?", by=ben, channel="api")),
    "held": ("Somebody else writes", _nothing),
}
