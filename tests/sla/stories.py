"""Stories of a case as lines such as ``Mon 2 Mar 10:00 una opens``, acted out with the verbs at those times."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from app.cases.assignment import assign_team
from app.cases.content import Content
from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.facts import change_requester
from app.cases.labels import attach_labels, detach_labels
from app.cases.lifecycle import close_case, reopen_case
from app.cases.merging import merge_cases
from app.cases.models import Case, Priority, Status
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.priority import change_priority
from app.cases.queries import locked
from app.cases.snoozing import snooze_case
from app.cases.statuses import change_custom_status, create_status, move_case
from app.cases.unmerging import unmerge_case
from app.clock import duration, now
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.people.persons import known_person
from app.people.teams import create_team, team_named
from app.sla.business_hours import create_hours, give_hours
from app.sla.metrics import metrics_of
from app.sla.models import Hours, Metric, SlaMetric
from app.sla.policies import create_policy
from app.transaction import reading, transaction
from tests.cast import AMY, BEN, UNA

BERLIN = "Europe/Berlin"
YEAR = 2026
STAMP = "%a %d %b %H:%M"

Week = Mapping[str, Sequence[str]]


def at(told: str, zone: str = BERLIN) -> datetime:
    """The moment at which clocks show this in 2026; the weekday must be that of the date."""
    found = datetime.strptime(f"{YEAR} {told}", f"%Y {STAMP}").replace(tzinfo=ZoneInfo(zone))
    assert found.strftime("%a") == told.partition(" ")[0], f"{told} is a {found:%A}"
    return found


def shown(moment: datetime) -> str:
    """The same the other way round, as clocks in Berlin show it."""
    local = moment.astimezone(ZoneInfo(BERLIN))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def spans(told: Sequence[str]) -> list[dict[str, str]]:
    """Spans such as ``09:00-17:00``."""
    return [dict(zip(("from", "to"), one.split("-"), strict=True)) for one in told]


def open_house(week: Week, holidays: Mapping[str, Sequence[str]], zone: str | None, promised: Sequence[str]) -> None:
    """Business hours, a policy for all cases, one for those with the tag vip, a team that works at night."""
    told = {
        "week": {day: spans(hours) for day, hours in week.items()},
        "holidays": [{"date": day, "title": "Holiday", "hours": spans(hours)} for day, hours in holidays.items()],
        "time_zone": zone,
    }
    night = {"week": {day: spans(["22:00-06:00"]) for day in DAYS}, "time_zone": BERLIN}
    with transaction():
        create_hours("Office", told, by=None)
        give_hours(create_team("Night", {}, by=None), create_hours("Night", night, by=None), by=None)
        create_policy(
            {"title": "All", "query": {}, "targets": [target(one) for one in promised]}, sort_order=1, by=None
        )
        vip = {"title": "VIP", "query": {"tag": "vip"}, "targets": [target("first_reply 30m business")]}
        create_policy(vip, sort_order=0, by=None)
        create_status("On ice", Status.OPEN, sla_active=False, by=None)
        create_status("With the maker", Status.WAITING, by=None)


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def target(told: str) -> dict[str, Any]:
    """A target such as ``first_reply critical 1h business``."""
    metric, *priority, goal, hours = told.split()
    return {
        "metric": Metric(metric),
        "priority": Priority(priority[0]) if priority else None,
        "goal": int(duration(goal).total_seconds()),
        "hours": Hours(hours),
    }


def una() -> Person:
    return known_person(UNA, field="from")


def ben() -> Person:
    return known_person(BEN, field="from")


def amy() -> Person:
    return known_person(AMY, field="from")


def the_case() -> Case:
    return locked(db.session.get_one(Case, 1))


def _opens(by: Callable[[], Person], **more: Any) -> Callable[[], object]:
    return lambda: open_case(by(), "It burns", "Over there!", channel="api", **more)


def _writes(by: Callable[[], Person], **more: Any) -> Callable[[], object]:
    return lambda: post_message(the_case(), "Hello", by=by(), channel="api", content=Content(), **more)


def _confirms() -> None:
    case = the_case()
    case.confirmed_at = now()
    record(case, "case_confirmed", by=una(), old="pending", new="active")


def _merges() -> None:
    merge_cases(the_case(), open_case(una(), "It smokes", "Here!", channel="api"), by=ben())


ACTS: Mapping[str, Callable[[], object]] = {
    "una opens": _opens(una),
    "una opens, unconfirmed": _opens(una, confirmed=False),
    "una confirms": _confirms,
    "ben opens": _opens(ben),
    "a robot opens": _opens(una, robot=True),
    "una writes": _writes(una),
    "ben answers": _writes(ben),
    "ben writes": _writes(ben),
    "amy answers": _writes(amy),
    "una's robot writes": _writes(una, robot=True),
    "ben's robot writes": _writes(ben, robot=True),
    "ben notes": lambda: write_note(the_case(), "Careful", by=ben(), channel="api"),
    "ben waits": lambda: move_case(the_case(), Status.WAITING, by=ben()),
    "ben goes on": lambda: move_case(the_case(), Status.OPEN, by=ben()),
    "ben resolves": lambda: move_case(the_case(), Status.RESOLVED, by=ben()),
    "ben closes": lambda: close_case(the_case(), by=ben()),
    "ben reopens": lambda: reopen_case(the_case(), by=ben()),
    "on ice": lambda: change_custom_status(the_case(), "On ice", by=ben()),
    "with the maker": lambda: change_custom_status(the_case(), "With the maker", by=ben()),
    "critical": lambda: change_priority(the_case(), Priority.CRITICAL, by=ben()),
    "normal": lambda: change_priority(the_case(), Priority.NORMAL, by=ben()),
    "vip": lambda: attach_labels(the_case(), ["vip"], by=ben()),
    "no vip": lambda: detach_labels(the_case(), ["vip"], by=ben()),
    "given to Night": lambda: assign_team(the_case(), team_named("Night"), by=ben()),
    "given to nobody": lambda: assign_team(the_case(), None, by=ben()),
    "una's from now on": lambda: change_requester(the_case(), una(), by=ben()),
    "snoozed": lambda: snooze_case(the_case(), now() + timedelta(days=2), by=ben()),
    "spam": lambda: mark_spam(the_case(), by=ben()),
    "no spam": lambda: unmark_spam(the_case(), by=ben()),
    "trashed": lambda: trash_case(the_case(), by=ben()),
    "restored": lambda: restore_case(the_case(), by=ben()),
    "merged": _merges,
    "unmerged": lambda: unmerge_case(the_case(), by=ben()),
}


def act_out(story: Sequence[str]) -> None:
    """Do what the lines say, each at its time and in a transaction of its own."""
    for line in story:
        *stamp, act = line.split(maxsplit=4)
        with time_machine.travel(at(" ".join(stamp)), tick=False), transaction():
            ACTS[act]()


def how_it_stands() -> dict[str, str]:
    """Each metric of the case in words."""
    with reading():
        return {one.metric: " ".join(_words(one)) for one in metrics_of(db.session.get_one(Case, 1))}


def _words(one: SlaMetric) -> Iterator[str]:
    yield f"{one.stage},"
    yield f"due {shown(one.due_at)}" if one.due_at else "never due" if one.running_since else "due nobody knows"
    if one.breached_at:
        yield "and breached"
