"""What strangers write into headers is a name, an id or a subject, and nothing else, in whatever it is wrapped."""

from base64 import b64encode
from itertools import count
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.cases.models import Case
from app.cases.participation import join_case
from app.events import Event
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE
from tests.conftest import Worker
from tests.letters import SUPPORT
from tests.mail.forms import check_form, left
from tests.mail.rows import cases, outbound_to
from tests.sandbox import Outside
from tests.scale import up_to


def worded(text: str) -> str:
    """A text as an encoded word, whatever is in it."""
    return f"=?utf-8?b?{b64encode(text.encode()).decode()}?="


# Each would end the headers, and begin a body.
SMUGGLED = {
    "a page": "=?utf-8?q?a=0d=0aContent-Type=3a_text=2fhtml=0d=0a=0d=0a=3Ch1=3EPay_eve=3C=2fh1=3E=3C!--?=",
    "a header": "=?utf-8?q?a=0d=0aX-Evil=3a_yes?=",
    "a body": "=?utf-8?q?a=0d=0a=0d=0aPay_eve?=",
    "a header in base64": worded("a\r\nX-Evil: yes"),
    "a lone end of line": "=?us-ascii?q?a=0aX-Evil=3a_yes?=",
}
smuggled = pytest.mark.parametrize("word", SMUGGLED.values(), ids=SMUGGLED)
numbers = count(1)


def written(
    writer: str, *, id: str = "<1@x.test>", name: str = "", subject: str = "Hi", file: str = "", more: str = ""
) -> bytes:
    """A mail with a file, as no decent program would write it: each of these stands there as it is."""
    return (
        f"From: {name} <{writer}>\r\nTo: {SUPPORT}\r\nSubject: {subject}\r\nMessage-ID: {id}\r\n{more}"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nPlease help.\r\n"
        f"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; {file or 'filename=a.pdf'}\r\n\r\n"
        "%PDF\r\n--b--\r\n"
    ).encode()


def answered(outside: Outside, work: Worker, *, file: str = "") -> None:
    """Ben takes the last case up, and sends a file along."""
    work()
    token = outside.inbox(BEN)[-1]["Message-ID"]
    outside.send(written(BEN, id=f"<{next(numbers)}@team.test>", file=file, more=f"In-Reply-To: {token}\r\n"))
    work()


@smuggled
def test_a_message_id_brings_no_header_and_no_body(
    app: Flask, api: Api, work: Worker, outside: Outside, word: str
) -> None:
    outside.send(written(EVE, id=f"<{word}@x>"))
    answered(outside, work)
    for raw in left(app):
        check_form(raw)
    for mail in outside.inbox(EVE):
        assert "=?" not in mail["References"]
        assert mail.get_content_type().startswith("multipart/")
    assert "Please help." in outside.inbox(EVE)[-1].get_content()


@smuggled
def test_the_name_of_a_file_brings_no_header_and_no_body(
    app: Flask, api: Api, work: Worker, outside: Outside, word: str
) -> None:
    file = f'filename="{worded(word)}"'
    outside.send(written(EVE, file=file))
    answered(outside, work, file=file)
    for raw in left(app):
        check_form(raw)
    for reader in (BEN, EVE):
        [carried] = [file for mail in outside.inbox(reader) for file in mail.iter_attachments()]
        assert carried.get_filename() == word.replace("=?", "= ?")
        assert carried.get_content() == b"%PDF"


@smuggled
def test_a_name_and_a_subject_bring_no_header_and_no_body(
    app: Flask, api: Api, work: Worker, outside: Outside, word: str
) -> None:
    outside.send(written(EVE, name=worded(word), subject=worded(word)))
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben is not None
        ben.name = word
    answered(outside, work)
    for raw in left(app):
        check_form(raw)
    answer = outside.inbox(EVE)[-1]
    assert answer["Subject"].endswith(word.replace("=?", "= ?"))
    assert [one.addr_spec for one in answer["From"].addresses] == [SUPPORT]


@smuggled
def test_a_word_that_gets_into_a_header_all_the_same_keeps_the_mail_here(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setattr("app.mail.sending.composing.letter.wordless", lambda text: text)
    monkeypatch.setattr("app.mail.sending.composing.enclosing.wordless", lambda text: text)
    outside.send(written(EVE, file=f'filename="{worded(word)}"'))
    outside.send(written(EVE, subject=worded(word), id="<2@x.test>"))
    work()
    kept = outbound_to(app, BEN)
    assert [(one.status, one.answer) for one in kept] == [
        (Delivery.HELD, "Held: what would have left does not read as the mail that was made.")
    ] * 2
    assert outside.inbox(BEN) == []
    with app.app_context():
        told = db.session.scalars(select(Event).where(Event.name == "mail_withheld"))
        assert {(one.case_id, one.new["outbound"]) for one in told} >= {(one.case_id, one.id) for one in kept}


HOSTILE = st.one_of(
    st.sampled_from([*SMUGGLED.values(), *map(worded, SMUGGLED.values())]),
    st.sampled_from(["\r\nBcc: eve@stranger.test", "\n", "\r", "\0", "\x85", "\u2028", "\u200b", "\u202e", "=?", "?="]),
    st.sampled_from(['"', "\\", "<", ">", ",", ";", ":", "@", " ", "=", "?", "%0d%0aX-Evil: yes", "日本"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
)
ANYTHING = st.lists(HOSTILE, max_size=8).map("".join)
ON_ONE_LINE = ANYTHING.map(lambda text: " ".join(text.split()) or "a")
IN_WORDS = ANYTHING.map(worded)
IN_A_HEADER = ON_ONE_LINE | IN_WORDS
OF_A_FILE = st.one_of(
    ON_ONE_LINE.map(lambda text: text.replace("\\", "\\\\").replace('"', '\\"')).map('filename="{}"'.format),
    IN_WORDS.map('filename="{}"'.format),
    ANYTHING.map(lambda text: quote(text, safe="")).map("filename*=utf-8''{}".format),
)
THROUGH_THE_HOUSE = settings(
    max_examples=up_to(10, 1000),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take hours
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.campaign
@pytest.mark.settings(CASEY_MAIL_FLOOD_LIMIT="100000")
@THROUGH_THE_HOUSE
@given(id=ON_ONE_LINE, named=IN_A_HEADER, name=IN_WORDS, subject=IN_A_HEADER, file=OF_A_FILE, alias=ANYTHING)
def test_whatever_stands_in_a_mail_the_headers_of_ours_are_ours(
    app: Flask, api: Api, work: Worker, outside: Outside, id: str, named: str, name: str, subject: str, file: str,
    alias: str,
) -> None:  # fmt: skip
    writer, before = f"writer{next(numbers)}@stranger.test", len(left(app))
    sent = written(writer, id=f"<{id}>", name=name, subject=subject, file=file, more=f"References: <{named}>\r\n")
    outside.send(sent)
    if taken_up(app, work, alias):
        answered(outside, work, file=file)
    for raw in left(app)[before:]:
        check_form(raw)
    with app.app_context():
        assert set(db.session.scalars(select(OutboundEmail.status))) <= {Delivery.SENT}


def taken_up(app: Flask, work: Worker, alias: str) -> bool:
    """Whether a case was opened that ben can take up; the others know him there by this alias."""
    known = len(cases(app))
    work()
    with app.app_context(), transaction():
        for case in db.session.scalars(select(Case).order_by(Case.id).offset(known)):
            join_case(case, find_person(BEN)).alias = alias[:200]
    return len(cases(app)) > known
