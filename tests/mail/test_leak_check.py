"""The last look at a mail: whatever the masking has missed does not leave, and the team learns of it."""

from base64 import b64encode
from collections.abc import Iterator
from quopri import encodestring
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.models import Case
from app.events import Event
from app.extensions import db
from app.mail.models import Delivery
from app.mail.sending.leaks import leaks
from app.mail.sending.masking import Mask
from app.mail.tokens import new_message_id
from app.people.persons import create_person
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker
from tests.letters import SUPPORT
from tests.mail.outgoing import MAX, opened_case, somebody
from tests.mail.rows import outbound_to
from tests.sandbox import Outside


@pytest.fixture
def case(context: Flask, cast: Cast) -> Iterator[Case]:
    """A case of una's in which ben and max are too."""
    with rehearsal():
        yield opened_case()


def found(raw: str, case: Case, reader: str = UNA) -> set[str]:
    return leaks(raw.encode(), reader=somebody(reader), case=case)


def text(content: str, kind: str = "plain", encoding: str = "8bit") -> str:
    return f"Subject: Hi\nContent-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n{content}"


@pytest.mark.parametrize(
    "raw",
    [
        "Subject: ben@team.test\n\nHi",
        "Subject: =?utf-8?b?YmVuQHRlYW0udGVzdA==?=\n\nHi",
        "From: ben@team.test\n\nHi",
        "References: <a@b.test>\n <ben@team.test>\n\nHi",
        text("Ask ben@team.test."),
        text("Ask BEN@Team.Test"),
        text("to=ben@team.test&x"),
        text(encodestring(b"Ask ben@team.test").decode().replace("@", "=40"), encoding="quoted-printable"),
        text("Ask ben@te=\nam.test", encoding="quoted-printable"),
        text(b64encode(b"Ask ben@team.test").decode(), encoding="base64"),
        text("Ask ben@\n> team.test"),
        text("Ask ben%40team.test, or " + quote("https://x.test/?to=ben@team.test", safe="")),
        text("Ask ben%252540team%2Etest"),
        text("Ask ben=40team.test"),
        text("Ask ben&#64;team&period;test"),
        text("Ask be\u00adn@team\u200b.test"),
        text("Ask ben\uff20team\uff0etest"),
        text("<p>ben&#64;team.test</p>", "html"),
        text("<p>ben@<b>team</b>.test</p>", "html"),
        text('<a href="mailto:ben%40team.test">x</a>', "html"),
        text('<p title="ben&commat;team.test">x</p>', "html"),
        text("<p>x</p><!-- ben@team.test -->", "html"),
        text('<img alt="ben@team.test">', "html"),
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="ben@team.test.pdf"\n\nx',
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''ben%40team.test\n\nx",
        "Content-Type: application/pdf; name=ben@team.test.tar.gz\nContent-Disposition: attachment\n\nx",
    ],
)
def test_an_address_is_found_however_it_is_written(case: Case, raw: str) -> None:
    assert found(raw, case) == {BEN}


@pytest.mark.parametrize(
    "raw",
    [
        text("ruben@team.test, ben@team.tests, ben@team.test.example, ben at team dot test, @team.test"),
        text(f"{UNA}, {UNA.upper()}, {SUPPORT}, eve@stranger.test"),
        f"To: Una <{UNA}>\nFrom: {SUPPORT}\nMessage-ID: <abc@casey.test>\n\nHi",
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nben@team.test',
    ],
)
def test_what_is_nobody_elses_is_let_through(case: Case, raw: str) -> None:
    assert found(raw, case) == set()


def test_another_participant_is_found_in_his_case_only(case: Case) -> None:
    create_person("Zoe", "zoe@far.test", by=None)
    assert found(text(f"{MAX} and zoe@far.test"), case) == {MAX}
    assert found(text(f"{MAX} and {UNA}"), case, reader=MAX) == {UNA}


def test_the_readers_own_address_does_not_count_where_it_ends_like_another(case: Case) -> None:
    create_person("Neil", "o'ben@team.test", by=None)
    db.session.flush()
    assert found(text("o'ben@team.test"), case, reader="o'ben@team.test") == set()


@pytest.mark.settings(CASEY_MAIL_PUBLIC_ADDRESSES="ben@team.test")
def test_a_public_address_is_let_through(case: Case) -> None:
    assert found(text("ben@team.test, amy@team.test"), case) == {AMY}


def test_an_id_that_was_made_for_somebody_else_is_found(case: Case) -> None:
    bens, own = (new_message_id(case.id, somebody(one).id) for one in (BEN, UNA))
    assert found(f"References: {bens} {own}\n\nHi", case) == {bens}


def test_the_team_may_see_everything(case: Case) -> None:
    assert found(text(f"{MAX} {UNA} {AMY}"), case, reader=BEN) == set()


def test_a_mail_that_is_held_says_so_on_the_case_and_shows_no_address_there(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.opened(UNA)
    work()
    monkeypatch.setattr(Mask, "edits", lambda *_, **__: [])
    outside.reply(outside.inbox(BEN)[0], "Call me: ben@team.test.")
    work()
    held = outbound_to(app, UNA)[-1]
    assert held.status is Delivery.HELD
    assert held.answer == "Held: it would have shown 1 address(es) that its reader must not see."
    with app.app_context():
        [event] = db.session.scalars(select(Event).where(Event.name == "mail_withheld"))
        assert (event.case_id, event.new) == (held.case_id, {"outbound": held.id, "person": held.person_id})
        assert event.timeline_id is not None
