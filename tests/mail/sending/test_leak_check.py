"""The last look at a mail: whatever the masking has missed does not leave, and the team learns of it."""

from base64 import b64encode
from collections.abc import Iterator
from quopri import encodestring
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.links import Purpose, case_address, link_for, secret_of
from app.cases.models import Case
from app.events import Event
from app.extensions import db
from app.mail.models import Delivery
from app.mail.sending.checking.leaks import leaks
from app.mail.sending.masking.mask import Mask
from app.mail.tokens import new_message_id
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker
from tests.letters import SUPPORT
from tests.mail.outgoing import MAX, opened_case, somebody
from tests.mail.quote_shapes import links_within
from tests.mail.rows import outbound_to
from tests.queries import queries
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
        text("Ask ben@team.test--he knows"),
        text("Ask ben@team.test.Thanks"),
        text("ben@team.test-una@customer.test"),
        text("una@customer.test-ben@team.test"),
        text("eve@stranger.test-ben@team.test"),
        'Content-Type: application/pdf\nContent-Disposition: attachment; filename="ask ben@team.test--he.pdf"\n\nx',
        text(encodestring(b"Ask ben@team.test").decode().replace("@", "=40"), encoding="quoted-printable"),
        text("Ask ben@te=\nam.test", encoding="quoted-printable"),
        text(b64encode(b"Ask ben@team.test").decode(), encoding="base64"),
        text("Ask ben@\n> team.test"),
        text("Ask ben@te\ram.test"),
        text("Ask be\u3164n@te\U000e0100am.te\U000e0061st"),
        text("Ask be%C2%ADn@team.test"),
        text("Ask ben%E2%80%8B%40team.test"),
        text("Ask ben%EF%BC%A0team.test"),
        text("Ask be&#173;n@team.test"),
        text("Ask be&shy;n&#65312;team.test"),
        text(r"Ask ben\u002540team.test"),
        text(r"Ask ben%5Cu0040team.test"),
        text("Ask ben=2540team.test"),
        text("to=ben=40team=2etest"),
        text("Ask ben%26%2364%3Bteam.test"),
        text("Ask ben@\n\u00a0team.test"),
        text("Ask ben@\u2028team.test"),
        text("<p>ben@te&#13;am.test</p>", "html"),
        text("Ask ben%40team.test, or " + quote("https://x.test/?to=ben@team.test", safe="")),
        text("Ask ben%252540team%2Etest"),
        text("Ask ben=40team.test"),
        text(r"\u003cben@team.test\u003e"),
        text(r'{"body":"Hello\nben@team.test\n"}'),
        text(r"ben\u0040team.test"),
        text(r"be\u00adn\x40team\\u002etest"),
        text("https://rewriter.test/?u=mailto-3Aben-40team.test&d=x"),
        text("u=mailto-3Aben-2540team.test"),
        text("ben@Team\u3002test, ben@team\uff61test"),
        text(r'<a href="https://x.test/?to=\u003cben\u0040team.test\u003e">x</a>', "html"),
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


@pytest.mark.parametrize("number", ["9" * 5000, "0" * 5000 + "10", "x" + "0" * 5000 + "a", "x" + "9" * 5000])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_an_entity_of_any_length_blinds_nobody(case: Case, number: str, kind: str) -> None:
    raw = f'<p title="&#{number};">&#{number}; ben&#{"0" * 5000}64;team.test, amy&#x{"0" * 5000}40;team.test</p>'
    assert found(text(raw, kind), case) == {BEN, AMY}


@pytest.mark.parametrize(
    "raw",
    [
        text("BEN@TEAM.TEST.EXAMPLE, ben@team.test-x.example, he--ben@team.test, x-ben@team.test"),
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


def test_a_domain_in_letters_is_the_same_domain(case: Case) -> None:
    create_person("Zoe", "zoe@xn--exmple-cua.test", role=Role.AGENT, by=None)
    for written in (
        "exämple",
        "EXÄMPLE",
        "ex%C3%A4mple",
        "ex=C3=A4mple",
        "exa\u0308mple",
        "ex&auml;mple",
        "xn--exmple-cua",
    ):
        assert found(text(f"Ask zoe@{written}.test!"), case) == {"zoe@xn--exmple-cua.test"}, written


@pytest.mark.settings(CASEY_MAIL_PUBLIC_ADDRESSES="ben@team.test")
def test_a_public_address_is_let_through(case: Case) -> None:
    assert found(text("ben@team.test, amy@team.test"), case) == {AMY}


def test_an_id_that_was_made_for_somebody_else_is_found(case: Case) -> None:
    bens, own = (new_message_id(case.id, somebody(one).id) for one in (BEN, UNA))
    assert found(f"References: {bens} {own}\n\nHi", case) == {bens}


@pytest.mark.parametrize("number", range(len(links_within("http://x.test/c/y"))))
def test_a_link_of_somebody_else_is_found_however_it_came_back(case: Case, number: int) -> None:
    max_, own = (case_address(link_for(case, somebody(one), Purpose.CASE)) for one in (MAX, UNA))
    theirs = {f"a link of person {somebody(MAX).id}"}
    shape = links_within(max_)[number]
    assert found(text(f"See {shape} there, or {own}"), case) == theirs
    assert found(text(f'<a href="{shape}">See</a>', "html"), case) == theirs
    assert found(text(f"See {links_within(own)[number]} there"), case) == set()


def test_a_bare_secret_is_found_whatever_stands_around_it(case: Case) -> None:
    link = link_for(case, somebody(MAX), Purpose.CASE)
    secret = secret_of(link)
    for shape in (
        secret,
        f"__{secret}_x",
        f"x_{secret}__",
        f"{secret}x",
        f"x{secret}",
        f"Subject-{'x' * 99}_c_{secret}_{'y' * 99}",
    ):
        assert found(text(f"({shape})"), case), shape
        assert found(f"Subject: {shape}\n\nHi", case), shape
    link.revoked_at = link.created_at
    assert found(text(secret), case) == set()


@pytest.mark.parametrize(
    "block",
    ["@--", "@a-", "a.A", "_c_", "-_", "/c/", "c_" * 21 + " ", "-40", r"\u0040", "\\", "=40", "&#0", "%25", "\u3002"],
)
def test_a_megabyte_of_the_worst_text_is_looked_through(case: Case, block: str) -> None:
    assert found(text(block * (1_000_000 // len(block)) + f" {BEN}"), case) == {BEN}


def test_links_are_looked_up_in_one_query(context: Flask, case: Case) -> None:
    words = " ".join(f"{number:044}" for number in range(100))
    with queries(context) as asked:
        assert found(text(words), case) == set()
    assert len([one for one in asked if "FROM links" in one]) == 1


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
