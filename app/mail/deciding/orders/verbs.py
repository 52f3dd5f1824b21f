"""What the team can order by mail. Every line is understood before anything is done; one that is not, and nothing is.

Whether a sender may order anything at all is decided before: he is of the team, and it is certain that it is he.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from app.cases.assignment import assign_case, assign_team
from app.cases.labels import LONGEST_LABEL, attach_labels, detach_labels
from app.cases.leaving import leave_case
from app.cases.lifecycle import close_case, reopen_case
from app.cases.models import Case, Post, Priority
from app.cases.notes import write_note
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.cases.priority import change_priority
from app.cases.snoozing import snooze_case
from app.clock import duration, now
from app.errors import CaseyError, Invalid
from app.mail.deciding.content import body_of, reply_content
from app.mail.deciding.newcomers import newcomer
from app.mail.deciding.orders.lines import Order, Orders
from app.people.addresses import clean_address
from app.people.called import team_called
from app.people.models import Person
from app.people.persons import find_person

Act = Callable[[], None]
Verb = Callable[[str, Case, Person], Act]

MAILTO = re.compile(r"<mailto:[^<>]*>", re.I)
MINUS = "-\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"  # mail programs make them of each other
NAMED_ADDRESS = re.compile(r"(?P<name>[^<>]*?)\s*<?(?P<address>[^<>\s@]{1,64}@[^<>\s@]{1,255})>?")
LONGEST_ARGUMENT = 600


class Refused(Invalid):
    """An order that cannot be done; its message has a sentence for each such line."""

    code = "order_refused"


def carry_out(orders: Orders, case: Case, *, by: Person) -> Post | None:
    """Do what a mail orders and post what else it says, which may be nothing.

    Raises Refused, and other errors of the domain, with some of it done: the caller takes that back.
    """
    with _around(_understood(orders, case, by)):
        return post_rest(orders, case, by=by, verified=True)


def post_rest(orders: Orders, case: Case, *, by: Person, verified: bool) -> Post | None:
    """Post what a mail says besides its orders: as a note, as a message, or nothing where it says nothing."""
    if not orders.more:
        return None
    text, content = body_of(orders.rest), reply_content(orders.rest)
    if orders.note:
        return write_note(case, text, by=by, channel="mail", content=content, verified=verified)
    return post_message(case, text, by=by, channel="mail", content=content, verified=verified)


def _understood(orders: Orders, case: Case, by: Person) -> list[tuple[Order, Act]]:
    """What each line means. Raises Refused with all that is wrong with them."""
    acts: list[tuple[Order, Act]] = []
    problems = ["#note: Write the note behind it, or on the next lines."] if orders.note and not orders.more else []
    for order in orders.given:
        try:
            acts.append((order, _meant(order, case, by)))
        except Invalid as error:
            problems.append(f"#{order}: {error.message}")
    if problems:
        raise Refused("\n".join(problems))
    return acts


def _meant(order: Order, case: Case, by: Person) -> Act:
    if order.verb != "note" and len(order.argument) > LONGEST_ARGUMENT:
        raise Invalid(f"At most {LONGEST_ARGUMENT} letters can stand behind it on its line.")
    return VERBS[order.verb](order.argument, case, by)


@contextmanager
def _around(acts: list[tuple[Order, Act]]) -> Iterator[None]:
    """Do those acts that must come before the text, and behind it the others."""
    for order, act in acts:
        if order.verb not in LAST:
            _do(order, act)
    yield
    for order, act in acts:
        if order.verb in LAST:
            _do(order, act)


def _do(order: Order, act: Act) -> None:
    try:
        act()
    except CaseyError as error:
        raise Refused(f"#{order}: {error.message}") from error


def _note(argument: str, case: Case, by: Person) -> Act:
    return lambda: None  # it is written where a message otherwise would be


def _close(argument: str, case: Case, by: Person) -> Act:
    _check_alone(argument)
    return lambda: close_case(case, by=by)


def _reopen(argument: str, case: Case, by: Person) -> Act:
    _check_alone(argument)
    return lambda: reopen_case(case, by=by)


def _forget(argument: str, case: Case, by: Person) -> Act:
    _check_alone(argument)
    return lambda: leave_case(case, by)


def _check_alone(argument: str) -> None:
    if argument:
        raise Invalid("Nothing can stand behind it on its line.")


def _assign(argument: str, case: Case, by: Person) -> Act:
    name = MAILTO.sub("", argument).strip("<> ")
    found = [by] if name.lower() == "me" else team_called(name)
    if not found:
        raise Invalid("Write me, or the name or address of somebody active in the team, or the name of a team.")
    if len(found) > 1:
        raise Invalid(f"This can be {_listed([one.name for one in found])}. Write the address, or the whole name.")
    [whom] = found
    if isinstance(whom, Person):
        return lambda: assign_case(case, whom, by=by)
    return lambda: assign_team(case, whom, by=by)


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]])


def _priority(argument: str, case: Case, by: Person) -> Act:
    try:
        priority = Priority(argument.lower())
    except ValueError:
        raise Invalid(f"Write {_listed(list(Priority))}.") from None
    return lambda: change_priority(case, priority, by=by)


def _label(argument: str, case: Case, by: Person) -> Act:
    names = [name.strip() for name in argument.split(",") if name.strip(f"{MINUS} ")]
    if not names or max(map(len, names)) > LONGEST_LABEL:
        raise Invalid(
            f"Write labels with commas between, each of at most {LONGEST_LABEL} letters; -label takes one off."
        )

    def act() -> None:
        attach_labels(case, [name for name in names if name[0] not in MINUS], by=by)
        detach_labels(case, [name[1:] for name in names if name[0] in MINUS], by=by)

    return act


def _snooze(argument: str, case: Case, by: Person) -> Act:
    length = _length(argument.lower())
    if not length:
        raise Invalid("Write for how long, such as 45m, 12h, 2d or 1w.")
    return lambda: snooze_case(case, now() + length, by=by)


def _length(text: str) -> timedelta | None:
    """A bare number would be seconds elsewhere; in a mail it is more likely a slip."""
    try:
        return duration(text) if text[-1:].isalpha() else None
    except ValueError:
        return None


def _add(argument: str, case: Case, by: Person) -> Act:
    found = NAMED_ADDRESS.fullmatch(MAILTO.sub("", argument).strip())
    if found is None:
        raise Invalid("Write one e-mail address, such as una@example.com.")
    address, name = clean_address(found["address"]), found["name"].strip(' "')
    known = find_person(address)
    if known is not None and not known.active:
        raise Invalid(f"{known.name} can no longer be written to.")

    def act() -> None:
        add_participant(case, known or newcomer(case, address, name), by=by)

    return act


VERBS: Mapping[str, Verb] = {
    "note": _note,
    "close": _close,
    "reopen": _reopen,
    "assign": _assign,
    "priority": _priority,
    "label": _label,
    "snooze": _snooze,
    "add": _add,
    "forget": _forget,
}
# A message opens a case again, and lets its writer join.
LAST = {"snooze", "close", "forget"}
