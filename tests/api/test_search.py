"""Searching: what is found, where, in which order, and what leaves the index."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.cases.models import Case, Post
from app.cases.notes import write_note
from app.cases.queries import case_by_uuid
from app.clock import now
from app.extensions import db
from app.people.identities import change_email
from app.people.persons import create_person, find_person, rename_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries


@pytest.fixture
def printer(app: Flask, api: Api, cast: Cast) -> Any:
    """A case about a printer, with an answer and a note."""
    case = api.opened(UNA, "The Printer burns", "Smoke comes out of the paper-tray!\nWhat shall I do?")
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Pull the plug, then call the fire brigade."})
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        write_note(case_by_uuid(UUID(case["uuid"])), "Third printer that burns this week.", by=ben, channel="api")
    return case


def found(api: Api, **query: str) -> list[tuple[str, str]]:
    answer = api.get("/search", query_string=query)
    assert answer.status_code == 200, answer.text
    return [(one["place"], one["snippet"]) for one in answer.json["items"]]


def places(api: Api, q: str, **query: str) -> list[str]:
    return [place for place, _ in found(api, q=q, **query)]


@on_both
def test_words_are_found_wherever_they_stand(api: Api, printer: Any) -> None:
    assert found(api, q="smoke TRAY") == [("messages", "**Smoke** comes out of the paper-**tray**! What shall I do?")]
    assert found(api, q="printer burns") == [
        ("subjects", f"The **Printer** **burns** ({printer['reference']})"),
        ("notes", "Third **printer** that **burns** this week."),
    ]
    assert places(api, printer["reference"]) == ["subjects"]
    assert places(api, '"printer burns"') == ["subjects"]
    assert places(api, "una") == places(api, "customer.test") == places(api, UNA) == ["persons"]
    assert places(api, "burn") == []
    assert places(api, "bur*") == ["subjects", "notes"]
    assert places(api, "paper-tray") == ["messages"]
    assert places(api, "paper_plug") == []
    assert places(api, "printer", **{"in": "notes,messages"}) == ["notes"]


@on_both
def test_no_operator_of_a_database_means_anything(api: Api, printer: Any) -> None:
    for q in ("smoke OR zebra", "smoke | zebra", "smoke NOT zebra", "words:smoke", "NEAR(smoke tray)", "^smoke zebra"):
        assert places(api, q) == [], q
    for q in ("smoke & tray", "-smoke", "(smoke", "smoke)", "smoke'", 'smoke"', "smoke:*", "smoke\\", "s'm", "%", "_"):
        assert api.get("/search", query_string={"q": q}).status_code in {200, 422}, q
    for q, field in (("", "q"), ("!?", "q"), ("x" * 201, "q")):
        answer = api.get("/search", query_string={"q": q})
        assert (answer.status_code, answer.json["field"]) == (422, field), q


@on_both
def test_what_is_changed_or_goes_is_changed_or_gone_in_the_index_too(app: Flask, api: Api, printer: Any) -> None:
    with app.app_context(), transaction():
        case = case_by_uuid(UUID(printer["uuid"]))
        case.subject = "The scanner hums"
        message, _, note = db.session.scalars(db.select(Post).order_by(Post.id))
        message.body, note.deleted_at = "Steam comes out", now()
        number = note.id
    assert places(api, "printer") == places(api, "smoke") == places(api, "week") == []
    assert places(api, "scanner") == ["subjects"]
    assert places(api, "steam") == ["messages"]
    with app.app_context(), transaction():
        note = db.session.get_one(Post, number)
        note.deleted_at = None
    assert places(api, "week") == ["notes"]


@on_both
def test_persons_are_found_by_what_they_are_called_now(app: Flask, api: Api) -> None:
    with app.app_context(), transaction():
        zoe = create_person("Zoe Zebra", "zoe@zoo.test", by=None)
        rename_person(zoe, "Zoe Lion", by=None)
        change_email(zoe, "lion@savannah.test", by=None)
    assert places(api, "zebra") == []
    assert places(api, "lion savannah") == places(api, "zoo") == ["persons"]
    with app.app_context(), transaction():
        zoe = find_person("zoe@zoo.test")
        assert zoe is not None
        db.session.delete(next(one for one in zoe.identities if one.key == "zoe@zoo.test"))
    assert places(api, "zoo") == []
    assert places(api, "savannah") == ["persons"]


@on_both
def test_spam_trash_and_what_is_pending_is_found_only_when_asked_for(app: Flask, api: Api, printer: Any) -> None:
    for column, state in (("spam_at", "spam"), ("trashed_at", "trash")):
        with app.app_context(), transaction():
            db.session.execute(db.update(Case).values({column: now()}))
        assert places(api, "printer") == []
        assert places(api, "printer", state=state) == ["subjects", "notes"]
        assert places(api, "printer", state="active,spam,trash,pending") == ["subjects", "notes"]


@on_both
def test_the_newest_come_first_and_pages_go_on_behind_each_other(app: Flask, api: Api) -> None:
    for number in range(5):
        api.opened(UNA, f"Needle {number}", f"Needle {number} lies in the hay")
    whole = found(api, q="needle")
    assert [place for place, _ in whole] == ["subjects"] * 5 + ["messages"] * 5
    assert whole[0][1].startswith("**Needle** 4")
    pages, cursor = [], None
    while cursor or not pages:
        answer = api.get("/search", query_string={"q": "needle", "limit": 3, **({"cursor": cursor} if cursor else {})})
        pages += [(one["place"], one["snippet"]) for one in answer.json["items"]]
        cursor = answer.json["next"]
    assert pages == whole
    for bad in ("x", "MQ", "W251bGxd", "WzEsMiwieCJd"):
        assert api.get(f"/search?q=needle&cursor={bad}").json["field"] == "cursor"


def test_a_long_text_is_shown_around_what_was_found(api: Api) -> None:
    api.opened(UNA, "Long", "word " * 1000 + "needle" + " word" * 1000)
    [(_, snippet)] = found(api, q="needle")
    assert snippet.startswith("… word word")
    assert snippet.endswith(" …")
    assert "**needle**" in snippet
    assert len(snippet) < 230


def test_many_hits_take_as_many_queries_as_few(app: Flask, api: Api, printer: Any) -> None:
    with queries(app) as few:
        found(api, q="printer")
    for number in range(5):
        api.opened(f"printer{number}@customer.test", f"Printer {number}", "Printer")
    with queries(app) as many:
        assert len(found(api, q="printer")) == 12
    assert len(many) <= len(few) + 1


@pytest.mark.parametrize("q", ["b*", "burn t*", "s'm*"])
def test_a_beginning_of_one_letter_is_refused_with_what_would_be_right(api: Api, q: str) -> None:
    answer = api.get("/search", query_string={"q": q})
    assert (answer.status_code, answer.json["field"]) == (422, "q")
    assert answer.json["errors"][0]["detail"] == (
        "Before a * there must be at least two letters or digits, such as in: ab*."
    )
