"""Spam, trash, and removing a case for good."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.cases import emptying
from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel, FieldType
from app.cases.discarding import mark_spam, restore_case, trash_case, unmark_spam
from app.cases.ideas import Idea
from app.cases.labels import attach_labels
from app.cases.models import Case, State
from app.cases.proposals import Proposal
from app.cases.purging import purge_case
from app.cases.queries import locked
from app.cases.ratings import Rating
from app.config import deployed
from app.errors import Conflict, NotFound
from app.events import Event
from app.extensions import db
from app.files.models import File
from app.jobs import cases as jobs
from app.jobs.cases import forget_unused_files, sweep_trash
from app.people.models import Person
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.posts import a_file, posted
from tests.mail.rows import inbound, outbound_to
from tests.sandbox import Outside

STUCK = "CREATE TRIGGER stuck BEFORE DELETE ON cases WHEN OLD.id = 2 BEGIN SELECT RAISE(FAIL, 'stuck'); END"
GOING = {"cases", "posts", "timeline", "outbound_emails"}
# Whoever adds a table that speaks of what a purge removes lets it go too, and names it here.
LET_GO = {
    *("attachments", "case_labels", "cases", "events", "inbound_emails", "invitations", "links", "outbound_emails"),
    *("participants", "posts", "proposals", "ratings", "timeline", "case_links", "webhook_deliveries", "ideas"),
    "read_markers",
    "link_requests",
    "sla_metrics",
}


@pytest.fixture
def case(app: Flask, api: Api) -> Iterator[Case]:
    """A case of una's, to be discarded."""
    api.opened(UNA)
    with app.app_context(), transaction():
        yield db.session.get_one(Case, 1)


def ben() -> Person:
    return known_person(BEN, field="from")


@on_both
def test_spam_and_trash_are_apart_and_both_are_taken_back(case: Case, cast: Cast) -> None:
    states = []
    for act in (mark_spam, mark_spam, trash_case, trash_case, unmark_spam, mark_spam, restore_case, restore_case):
        act(case, by=ben())
        states.append(case.state)
    assert states == [State.SPAM, State.SPAM, *[State.TRASH] * 4, State.ACTIVE, State.ACTIVE]
    names = ("case_marked_spam", "case_unmarked_spam", "case_trashed", "case_restored")
    assert happened(*names) == [
        ("case_marked_spam", "active", "spam", cast.ben.id),
        ("case_trashed", "spam", "trash", cast.ben.id),
        ("case_unmarked_spam", "trash", "trash", cast.ben.id),
        ("case_marked_spam", "trash", "trash", cast.ben.id),
        ("case_restored", "trash", "active", cast.ben.id),
    ]


@pytest.mark.parametrize("act", [mark_spam, trash_case])
def test_mail_that_still_waits_of_a_discarded_case_stays_here(
    app: Flask, api: Api, work: Worker, outside: Outside, act: Any
) -> None:
    api.opened(UNA)
    other = api.opened(UNA, "Another one")
    with app.app_context(), transaction():
        act(db.session.get_one(Case, 1), by=None)
    work()
    assert [one.status for one in outbound_to(app, UNA)] == ["rejected", "sent"]
    assert [other["reference"] in str(mail["Subject"]) for mail in outside.inbox(UNA)] == [True]


def test_only_what_is_in_the_trash_is_purged(case: Case) -> None:
    mark_spam(case, by=None)
    with pytest.raises(Conflict, match="in the trash"):
        purge_case(case, by=None)


def test_nothing_that_speaks_of_what_is_removed_was_forgotten() -> None:
    speaking = {
        table.name
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in GOING
    }
    assert speaking == LET_GO


@pytest.fixture
def full(app: Flask, api: Api, work: Worker, outside: Outside) -> str:
    """A case with everything a case can have, and another that follows it; says what it is called."""
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    posted(app, case["uuid"], UNA, a_file(content=b"of this case alone"), a_file(content=b"of both cases"))
    posted(app, api.opened(UNA, "Another one")["uuid"], UNA, a_file(content=b"of both cases"))
    work()
    with app.app_context(), transaction():
        field = CustomField(level=FieldLevel.CASE, key="order", title="Order", type=FieldType.TEXT)
        db.session.add(field)
        db.session.flush()
        found = db.session.get_one(Case, 1)
        db.session.get_one(Case, 2).follows = found
        attach_labels(found, ["late"], by=None)
        db.session.add(CustomFieldValue(field_id=field.id, owner_id=1, value="4711"))
        db.session.add(Rating(case_id=1, post_id=found.posts[0].id, score="good"))
        db.session.add(Idea(case_id=1, response="We will."))
        db.session.add(Proposal(case_id=1, address="x@y.test", key="x@y.test", name="X", proposed_by_id=1))
        trash_case(found, by=None)
    return str(case["reference"])


def speaking_of(case_id: int) -> dict[str, int]:
    """How many rows of each table name a case."""
    found = {}
    for table in db.metadata.sorted_tables:
        if "case_id" in table.columns:
            query = select(func.count()).select_from(table).where(table.columns["case_id"] == case_id)
            found[table.name] = db.session.scalar(query) or 0
    return {name: count for name, count in found.items() if count}


@on_both
def test_a_purged_case_is_gone_with_all_that_is_of_it_alone(app: Flask, cast: Cast, full: str) -> None:
    with app.app_context():
        assert len(speaking_of(1)) >= 9
    with app.app_context(), transaction():
        purge_case(db.session.get_one(Case, 1), by=ben())
    with app.app_context():
        assert db.session.get(Case, 1) is None
        assert speaking_of(1) == {}
        assert db.session.get_one(Case, 2).follows is None
        assert db.session.scalar(select(func.count()).select_from(CustomFieldValue)) == 0
        [event] = db.session.scalars(select(Event).where(Event.subject_table == "cases", Event.subject_id == 1))
        assert (event.name, event.actor_id) == ("case_purged", cast.ben.id)
        assert (event.case_id, event.timeline_id) == (None, None)
        assert event.old["reference"] == full


@on_both
def test_its_mails_stay_in_the_journal_without_it(app: Flask, full: str) -> None:
    with app.app_context(), transaction():
        purge_case(db.session.get_one(Case, 1), by=None)
    [mail] = inbound(app)
    assert (mail.outcome, mail.case_id, mail.post_id) == ("posted", None, None)


@on_both
def test_contents_that_nobody_else_uses_are_removed_with_it(app: Flask, full: str) -> None:
    with app.app_context(), transaction():
        purge_case(db.session.get_one(Case, 1), by=None)
    with app.app_context():
        forget_unused_files()
    with app.app_context():
        [file] = db.session.scalars(select(File))
        assert (file.size, file.unused_at) == (len(b"of both cases"), None)
        kept = [path for path in (deployed().data_dir / "files").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in kept] == [b"of both cases"]


@on_both
def test_a_content_that_is_stored_again_meanwhile_is_kept(app: Flask, api: Api, full: str) -> None:
    with app.app_context(), transaction():
        purge_case(db.session.get_one(Case, 1), by=None)
    uuid = api.get("/cases").json["items"][0]["uuid"]
    [again] = posted(app, uuid, UNA, a_file(content=b"of this case alone"))
    with app.app_context():
        forget_unused_files()
    assert api.get(f"/attachments/{again}", buffered=True).data == b"of this case alone"


@on_both
def test_the_trash_is_emptied_of_what_was_in_it(app: Flask, api: Api) -> None:
    uuids = [api.opened(UNA)["uuid"] for _ in range(4)]
    with app.app_context(), transaction():
        for number in (1, 2):
            trash_case(db.session.get_one(Case, number), by=None)
        emptying.empty_trash(by=ben())
    with app.app_context(), transaction():
        restore_case(db.session.get_one(Case, 2), by=None)
        trash_case(db.session.get_one(Case, 3), by=None)
    for _ in range(2):
        with app.app_context():
            sweep_trash()
    assert [api.get(f"/cases/{uuid}").status_code for uuid in uuids] == [404, 200, 200, 200]
    with app.app_context():
        assert emptying.undone_emptyings() == []
        assert [one[0] for one in happened("case_purged")] == ["case_purged"]


def test_a_case_that_cannot_be_purged_holds_up_no_other(app: Flask, api: Api) -> None:
    uuids = [api.opened(UNA)["uuid"] for _ in range(3)]
    with app.app_context(), transaction():
        for number in (1, 2, 3):
            trash_case(db.session.get_one(Case, number), by=None)
        emptying.empty_trash(by=None)
        db.session.execute(db.text(STUCK))
    with app.app_context():
        jobs.empty_trash(1)
        assert emptying.undone_emptyings() == [1]
    assert [api.get(f"/cases/{uuid}").status_code for uuid in uuids] == [404, 200, 404]


@on_both
def test_a_case_that_was_purged_since_it_was_found_is_unknown(app: Flask, api: Api, full: str) -> None:
    with app.app_context(), transaction():
        found = db.session.get_one(Case, 1)
        purge_case(found, by=None)
        with pytest.raises(NotFound):
            locked(found)
