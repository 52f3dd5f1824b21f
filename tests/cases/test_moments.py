"""When what happened to a case last, and by whom, as its row keeps it."""

from datetime import timedelta
from runpy import run_path

import sqlalchemy as sa
import time_machine
from flask import Flask

from app.cases.assignment import assign_case
from app.cases.lifecycle import close_case, reopen_case
from app.cases.merging import merge_cases
from app.cases.models import Case, PostKind, Priority
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.priority import change_priority
from app.cases.splitting import split_case
from app.cli.migrating import MIGRATIONS
from app.clock import now
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.people.persons import find_person
from app.transaction import transaction
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

LATER = timedelta(hours=1)


def person(address: str) -> Person:
    found = find_person(address)
    assert found
    return found


def opened(body: str = "It is on fire!") -> Case:
    return open_case(person(UNA), "Help", body, channel="api", confirmed=True)


def test_who_answered_last_is_known(context: Flask, cast: Cast) -> None:
    with transaction():
        case = opened()
        assert (case.last_replier_id, case.last_replied_at) == (cast.una.id, case.last_reply_by_requester_at)
        assert (case.last_reply_by_agent_at, case.last_agent_activity_at) == (None, None)
        post_message(case, "Soon", by=person(BEN), channel="api")
        assert (case.last_replier_id, case.last_reply_by_agent_at) == (cast.ben.id, case.last_replied_at)
        assert case.last_pending_at is not None
        replied = case.last_replied_at
        write_note(case, "Not again", by=person(AMY), channel="api")
        assert (case.last_replier_id, case.last_replied_at) == (cast.ben.id, replied)
        assert replied is not None
        assert case.last_agent_activity_at is not None
        assert case.last_agent_activity_at >= replied
        post_message(case, "Thanks", by=person(UNA), channel="api")
        assert (case.last_replier_id, case.last_opened_at is not None) == (cast.una.id, True)


def test_who_changed_it_last_is_known(context: Flask, cast: Cast) -> None:
    with transaction():
        case = opened()
        assert (case.last_updated_by_id, case.agent_updated_at) == (None, None)
        assign_case(case, person(AMY), by=person(BEN))
        assert (case.last_assigned_by_id, case.last_updated_by_id) == (cast.ben.id, cast.ben.id)
        assert (case.last_assigned_at is not None, case.latest_assignee_update_at) == (True, None)
        change_priority(case, Priority.HIGH, by=person(AMY))
        assert case.last_updated_by_id == cast.amy.id
        assert case.latest_assignee_update_at == case.agent_updated_at
        close_case(case, by=person(UNA))
        assert (case.last_closed_by_id, case.last_closed_at is not None) == (cast.una.id, True)
        change_priority(case, Priority.LOW, by=None)
        assert case.last_updated_by_id == cast.una.id
        reopen_case(case, by=person(BEN))
        assert (case.closed_at, case.last_closed_at is not None) == (None, True)


def test_what_was_written_goes_along_when_cases_are_merged_and_split(context: Flask, cast: Cast) -> None:
    with transaction():
        into = opened()
        with time_machine.travel(now() + LATER):
            case = opened()
            later = post_message(case, "Soon", by=person(BEN), channel="api")
            merge_cases(case, into, by=None, share=True)
        assert (into.last_replier_id, into.last_replied_at) == (cast.ben.id, case.last_replied_at)
        assert into.last_reply_by_agent_at == case.last_reply_by_agent_at
        db.session.expire_all()
        new = split_case(into, [later], "Another one", by=None)
        assert (new.last_replier_id, new.last_replied_at) == (cast.ben.id, later.created_at)
        assert new.last_reply_by_requester_at is None


def test_a_case_with_a_note_alone_takes_up_who_answered_on_another(context: Flask, cast: Cast) -> None:
    with transaction():
        into = open_case(person(BEN), "Help", "Note", channel="note", confirmed=True, kind=PostKind.NOTE)
        case = opened()
        assert into.last_replier_id is None
        merge_cases(case, into, by=None, share=True)
        assert (into.last_replier_id, into.last_replied_at) == (cast.una.id, case.last_replied_at)


def test_what_changes_of_a_person_is_no_moment_of_a_case(context: Flask, cast: Cast) -> None:
    with transaction():
        una = person(UNA)
        record(una, "meta_changed", by=person(BEN), old={}, new={"order": 1})
        assert opened().last_updated_by_id is None


def test_noting_it_asks_nothing_more_of_the_database(context: Flask, cast: Cast) -> None:
    with transaction():
        case_id = opened().id
    with transaction(), queries(context) as found:
        case = db.session.get_one(Case, case_id)
        change_priority(case, Priority.HIGH, by=person(BEN))
        db.session.flush()
    assert len([one for one in found if one.startswith("UPDATE cases")]) == 1
    with transaction(), queries(context) as found:
        case = db.session.get_one(Case, case_id)
        write_note(case, "Not again", by=person(BEN), channel="api")
        db.session.flush()
    assert len([one for one in found if one.startswith("UPDATE cases")]) == 1


@on_both
def test_of_cases_that_were_there_before_the_newest_is_found(context: Flask, cast: Cast) -> None:
    [path] = (MIGRATIONS / "versions").glob("*_moments_of_cases.py")
    migration = run_path(str(path))
    with transaction():
        case = opened()
        assign_case(case, person(AMY), by=person(BEN))
        post_message(case, "Soon", by=person(BEN), channel="api")
        close_case(case, by=person(BEN))
        db.session.flush()
        columns = [getattr(Case, name) for name in migration["KNOWN"]]
        before, touched = db.session.execute(sa.select(*columns)).one(), case.updated_at
        db.session.execute(sa.update(Case).values(dict.fromkeys((*migration["MOMENTS"], *migration["PERSONS"]))))
        db.session.execute(sa.update(Case).values(updated_at=touched))
        db.session.execute(sa.text(migration["FILL"]))
        after = db.session.execute(sa.select(*columns)).one()
    for name, was, found in zip(migration["KNOWN"], before, after, strict=True):
        assert was is not None, name
        assert was == found or abs(was - found) < timedelta(seconds=5), name
