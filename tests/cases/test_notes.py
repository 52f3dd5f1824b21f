"""Notes: what the team writes to itself never reaches anybody else."""

import pytest
from flask import Flask

from app.cases.models import Case, Post
from app.cases.notes import write_note
from app.errors import Forbidden, Invalid
from app.extensions import db
from app.people.persons import disable_person, find_person, known_person
from app.timeline import TimelineEntry
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.leaks import decoded
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

SECRET = "He has not paid for months."


def note(app: Flask, text: str = SECRET, by: str = BEN) -> None:
    with app.app_context(), transaction():
        write_note(db.session.get_one(Case, 1), text, by=known_person(by, field="from"), channel="api")


@on_both
def test_a_note_stands_in_the_timeline_and_changes_nothing_else(app: Flask, api: Api, cast: Cast) -> None:
    api.opened(UNA)
    note(app)
    with app.app_context():
        case, post = db.session.get_one(Case, 1), db.session.query(Post).order_by(Post.id.desc()).first()
        assert (post.kind, post.body, post.author_id) == ("note", SECRET, cast.ben.id)
        assert db.session.get_one(TimelineEntry, post.id).kind == "note"
        assert (case.status, [one.person_id for one in case.participants]) == ("new", [cast.una.id])
        assert happened("note_written", "message_posted") == [("note_written", None, {"post": post.id}, cast.ben.id)]


def test_a_note_is_mailed_to_nobody(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    note(app)
    work()
    assert [len(outside.inbox(one)) for one in (UNA, BEN, AMY, OLGA)] == [1, 1, 1, 1]


def test_a_customer_finds_no_note_on_the_page_of_the_case_nor_in_any_mail(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    note(app)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "We look into it."})
    work()
    page = Browser(app).open(link_in(outside.inbox(UNA)[0], "/c/")).text
    assert "We look into it." in page
    assert SECRET not in page
    assert not [mail for mail in outside.inbox(UNA) if SECRET in decoded(mail.as_bytes())]


def test_the_messages_of_a_case_are_without_its_notes(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    note(app)
    found = api.get(f"/case/{case['uuid']}")
    assert SECRET not in found.text
    assert found.json["messages_total"] == 1


def test_a_closed_case_takes_notes_and_stays_closed(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/close")
    note(app)
    assert api.get(f"/case/{case['uuid']}").json["status"] == "closed"


def test_a_note_does_not_count_as_taking_the_case_up(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    note(app)
    work()
    outside.reply(outside.inbox(UNA)[0], "It also squeaks.")
    work()
    assert "It also squeaks." in outside.inbox(AMY)[-1].get_content()


def test_only_the_active_team_writes_notes(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        disable_person(ben, by=None)
    for writer in (UNA, BEN):
        with pytest.raises(Forbidden):
            note(app, by=writer)


def test_an_empty_note_is_refused(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with pytest.raises(Invalid):
        note(app, " \n")
