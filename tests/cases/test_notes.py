"""Notes: what the team writes to itself never reaches anybody else."""

import re

import pytest
from flask import Flask

from app.cases.content import Content, NewFile
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
from tests.files.posts import a_file
from tests.leaks import decoded
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

SECRET = "He has not paid for months."


def note(app: Flask, text: str = SECRET, by: str = BEN, *files: NewFile) -> None:
    with app.app_context(), transaction():
        case, writer = db.session.get_one(Case, 1), known_person(by, field="from")
        write_note(case, text, by=writer, channel="api", content=Content(files=files))


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


def test_the_team_reads_notes_on_the_page_of_the_case_in_their_place(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    note(app, SECRET, BEN, a_file("invoice.txt"))
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "We look into it."})
    browser = Browser(app)
    page = browser.open(link_in(outside.inbox(AMY)[0], "/c/")).text
    assert page.index("It is over there!") < page.index(SECRET) < page.index("We look into it.")
    assert page.count("Note for the team only") == page.count('class="message team note"') == 1
    assert "3 messages and notes" in page
    [file] = re.findall(r"/cases/[\w-]+/files/[\w-]+", page)
    with browser.open(file) as answer:
        assert answer.data == b"Some notes."


def test_a_customer_gets_no_note_by_any_path(app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    note(app, SECRET, BEN, a_file("invoice.txt"))
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "We look into it."})
    work()
    outside.reply(outside.inbox(UNA)[-1], "And now?")
    work()
    [written] = api.get(f"/case/{case['uuid']}").json["notes"]
    browser = Browser(app)
    pages = [browser.open(link_in(mail, "/c/")).text for mail in outside.inbox(UNA)]
    pages.append(browser.submit(message="Hello?").text)
    pages.append(browser.submit(message=" ").text)
    assert browser.open(f"/cases/{case['uuid']}/files/{written['attachments'][0]['uuid']}").status_code == 404
    seen = "".join([*pages, *(decoded(mail.as_bytes()) for mail in outside.inbox(UNA))])
    assert "We look into it." in seen
    assert not [one for one in (SECRET, "invoice.txt", "Note for the team", written["uuid"]) if one in seen]
    customer = api.as_(api.post("/api-keys", {"role": "agent", "name": "x", "person": str(cast.una.uuid)}).text)
    assert customer.get(f"/case/{case['uuid']}").status_code == 401


def test_whoever_leaves_the_team_reads_its_notes_no_more(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    note(app)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "We look into it."})
    browser = Browser(app)
    link = link_in(outside.inbox(BEN)[0], "/c/")
    assert SECRET in browser.open(link).text
    api.patch(f"/persons/{cast.ben.uuid}", {"team": False})
    page = browser.open(link).text
    assert "We look into it." in page
    assert SECRET not in page


def test_the_notes_of_a_case_stand_beside_its_messages(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    note(app)
    found = api.get(f"/case/{case['uuid']}").json
    [written] = found["notes"]
    assert (written["note"], written["from"]["email"], written["channel"]) == (SECRET, BEN, "api")
    assert [one["message"] for one in found["messages"]] == ["It is over there!"]
    assert (found["messages_total"], found["notes_total"], found["more"]) == (1, 1, False)


def test_lists_of_cases_and_answers_to_customers_messages_hold_no_notes(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    note(app)
    assert SECRET not in api.get("/cases").text
    assert SECRET not in api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "Hello?"}).text


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
