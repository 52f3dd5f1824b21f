"""A stream tells whoever may see a page that it has changed: not what, and nothing of what he may not see."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from time_machine import travel
from werkzeug.test import TestResponse

from app.cases.labels import attach_labels
from app.cases.lifecycle import set_status
from app.cases.links import revoke_links
from app.cases.models import Case, Status
from app.cases.notes import write_note
from app.cases.posting import post_message
from app.cases.queries import case_by_uuid
from app.clock import now
from app.events import Event
from app.extensions import db
from app.feed import following
from app.feed.following import SEEN_BY_CUSTOMERS
from app.people.models import Person
from app.people.persons import known_person
from app.people.sessions import TeamSession
from app.portal.live import HEARTBEAT, OVER, RETRY
from app.portal.places import FOR_CUSTOMERS, FOR_TEAM
from app.portal.team.session import BY_ITSELF
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.sandbox import Outside, link_in
from tests.servers.valkey import Valkey

SOON = 5.0


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    with Valkey(tmp_path) as server:
        yield server


@pytest.fixture
def environ(environ: dict[str, str], valkey: Valkey) -> dict[str, str]:
    return {**environ, "REDIS_URL": valkey.url}


@pytest.fixture
def case(app: Flask, api: Api, work: Worker) -> str:
    """una's case, of which she has her mail."""
    uuid = str(api.opened(UNA)["uuid"])
    work()
    return uuid


@pytest.fixture
def una(app: Flask, case: str, outside: Outside) -> Browser:
    """una, at the page of her case."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[0], "/c/"))
    return browser


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    """ben, signed in."""
    return signed_in(app, BEN)


class Stream:
    """What comes through a stream, piece by piece."""

    def __init__(self, answer: TestResponse) -> None:
        self.answer, self.pieces = answer, iter(answer.response)

    def next(self) -> str:
        return next(self.pieces, b"").decode()  # type: ignore[union-attr]

    def mark(self) -> str:
        """The mark of the change that comes next."""
        told = self.next()
        assert told.endswith("\ndata: changed\n\n"), told
        return told.removeprefix("id: ").partition("\n")[0]


@contextmanager
def stream(browser: Browser, path: str, after: str = "") -> Iterator[Stream]:
    with closing(browser.client.get(f"{path}?after={after}")) as answer:
        assert answer.status_code == 200
        found = Stream(answer)
        assert found.next() == RETRY
        yield found


def on(app: Flask, case: str, text: str, *, note: bool = False) -> None:
    """ben writes."""
    with app.app_context(), transaction():
        found, ben = found_case(case), person(BEN)
        if note:
            write_note(found, text, by=ben, channel="api")
        else:
            post_message(found, text, by=ben, channel="api")


def found_case(uuid: str) -> Case:
    return case_by_uuid(UUID(uuid))


def person(address: str) -> Person:
    return known_person(address, field="address")


@on_both
def test_a_customer_is_told_of_an_answer_and_not_of_what_he_may_not_see(
    app: Flask, case: str, una: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "SILENCE", 0.3)
    with stream(una, f"/cases/{case}/live") as told:
        seen = told.mark()
        assert f'data-mark="{seen}"' in una.client.get(f"/cases/{case}").text
        on(app, case, "She is right.", note=True)
        with app.app_context(), transaction():
            attach_labels(found_case(case), ["angry"], by=person(BEN))
        assert told.next() == HEARTBEAT
        on(app, case, "It is over there.")
        while (piece := told.next()) == HEARTBEAT:
            pass
        assert "data: changed" in piece
        assert "over there" not in piece
    with stream(una, f"/cases/{case}/live", after=seen) as told:
        latest = told.mark()
        assert int(latest) > int(seen)
    on(app, case, "She is not.", note=True)
    with stream(una, f"/cases/{case}/live", after=latest) as told:
        assert told.next() == HEARTBEAT


@on_both
def test_the_team_is_told_of_all_that_happens_to_a_case_and_in_the_queue(
    app: Flask, api: Api, case: str, ben: Browser
) -> None:
    with stream(ben, f"/team/cases/{case}/live") as one, stream(ben, "/team/live") as all_of_it:
        one.mark()
        all_of_it.mark()
        on(app, case, "She is right.", note=True)
        assert one.mark()
        assert all_of_it.mark()
        api.opened(UNA, subject="Another one")
        assert all_of_it.mark()
        on(app, case, "Here it is.")
        assert one.mark()


def test_every_event_that_customers_see_has_a_name_that_there_is(app: Flask, api: Api, case: str, una: Browser) -> None:
    text = "".join(path.read_text() for path in Path("app").rglob("*.py") if path.name != "following.py")
    made = {"message_edited": '"edited"', "message_deleted": '"deleted"', "subject_changed": "_changed"}
    assert [one for one in SEEN_BY_CUSTOMERS if made.get(one, f'"{one}"') not in text] == []
    assert not [one for one in SEEN_BY_CUSTOMERS if one.startswith("note")]


def test_what_changes_on_the_page_of_a_customer_is_told(app: Flask, case: str, una: Browser) -> None:
    with stream(una, f"/cases/{case}/live") as told:
        told.mark()
        with app.app_context(), transaction():
            set_status(found_case(case), Status.RESOLVED, by=person(BEN))
        assert told.mark()


def test_looking_changes_nothing_and_nothing_keeps_it(app: Flask, case: str, una: Browser, ben: Browser) -> None:
    def events() -> int:
        with app.app_context():
            return db.session.scalar(sa.select(sa.func.max(Event.sequence))) or 0

    before = events()
    for browser, path in ((una, f"/cases/{case}/live"), (ben, "/team/live"), (ben, f"/team/cases/{case}/live")):
        with stream(browser, path) as told:
            told.mark()
            headers = told.answer.headers
        assert headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert (headers["Cache-Control"], headers["X-Accel-Buffering"]) == ("no-store", "no")
        head = browser.client.head(path)
        assert (head.status_code, head.data) == (200, b"")
    assert events() == before
    assert "Mark as read" in ben.client.get(f"/team/cases/{case}").text


def test_strangers_and_links_to_other_cases_get_no_stream(
    app: Flask, api: Api, case: str, una: Browser, ben: Browser
) -> None:
    other = api.opened("eve@stranger.test")["uuid"]
    eve = Browser(app)
    for browser, path, status in (
        (eve, f"/cases/{case}/live", 404),
        (eve, "/team/live", 401),
        (una, f"/cases/{other}/live", 404),
        (una, f"/team/cases/{case}/live", 401),
        (ben, f"/cases/{case}/live", 404),
        (ben, "/team/cases/01a22200-0000-7000-8000-000000000001/live", 404),
    ):
        for method in ("GET", "HEAD"):
            assert browser.client.open(path, method=method).status_code == status, path


def test_a_stream_ends_with_its_link(app: Flask, case: str, una: Browser) -> None:
    with stream(una, f"/cases/{case}/live") as told:
        told.mark()
        with app.app_context(), transaction():
            revoke_links(found_case(case), person(UNA))
        on(app, case, "Too late.")
        assert [told.next(), told.next()] == [OVER, ""]
    assert una.client.get(f"/cases/{case}/live").status_code == 410


def test_a_stream_ends_with_its_session_at_once(app: Flask, case: str, ben: Browser) -> None:
    with stream(ben, f"/team/cases/{case}/live") as told:
        told.mark()
        ben.open("/team")
        ben.press("/team/sign-out")
        began = time.monotonic()
        assert [told.next(), told.next()] == [OVER, ""]
        assert time.monotonic() - began < SOON
    assert ben.client.get("/team/live").status_code == 401


def test_a_page_that_looks_by_itself_is_no_use_of_a_session(app: Flask, case: str, ben: Browser) -> None:
    def last_used() -> datetime | None:
        with app.app_context():
            return db.session.scalar(sa.select(TeamSession.last_used_at))

    before = last_used()
    with travel(now() + timedelta(hours=1)):
        assert ben.client.get("/team", headers={BY_ITSELF: "1"}).status_code == 200
        with stream(ben, "/team/live") as told:
            told.mark()
        assert last_used() == before
        ben.open("/team")
        assert last_used() != before


def test_each_reader_and_all_of_them_have_so_many_places_and_give_them_back(
    app: Flask, case: str, una: Browser
) -> None:
    path = f"/cases/{case}/live"
    for _ in range(2):
        opened = [una.client.get(path) for _ in range(FOR_CUSTOMERS.each)]
        refused = una.client.get(path)
        assert (refused.status_code, refused.headers["Retry-After"], refused.mimetype) == (503, "10", "text/plain")
        for one in opened:
            one.close()
    taken = [FOR_TEAM.take(number) for number in range(FOR_TEAM.most)]
    assert signed_in(app, BEN).client.get("/team/live").status_code == 503
    for give_up in taken:
        give_up()


def test_without_its_store_a_stream_ends_and_none_begins_but_pages_are_there(
    case: str, una: Browser, valkey: Valkey
) -> None:
    with stream(una, f"/cases/{case}/live") as told:
        told.mark()
        valkey.stop()
        assert told.next() == ""
    refused = una.client.get(f"/cases/{case}/live")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "10")
    assert una.client.get(f"/cases/{case}").status_code == 200
    valkey.start()
    with stream(una, f"/cases/{case}/live") as told:
        assert told.mark()


def test_a_stream_holds_nothing_of_the_database(app: Flask, case: str, una: Browser) -> None:
    with stream(una, f"/cases/{case}/live") as told:
        told.mark()
        with app.app_context():
            assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
