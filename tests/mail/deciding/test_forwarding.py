"""A customer's mail that somebody of the team forwards to us opens a case for that customer."""

from typing import Any

import pytest
from flask import Flask

from app.cases.models import Post
from app.extensions import db
from app.mail.reading.incoming import Forward, Named, Part
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.incoming import decided, incoming
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside

OURS = "mx.casey.test"
STAMP = f"{OURS}; dmarc=pass header.from=team.test"
COMMENT = "She called, too. Be quick."
WORDS = "The table is broken."

pytestmark = pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)


def forwarded(author: str = EVE, *, by: str = BEN, stamp: str = STAMP, **more: Any) -> tuple[str, str | None]:
    """What becomes of such a mail, and why."""
    forward = Forward(Named(author, "Eve Stranger"), "Broken table", WORDS, len(COMMENT))
    mail = incoming(
        by,
        "Fwd: Broken table",
        f"{COMMENT}\n\n---------- Forwarded message ---------\n{WORDS}",
        headers={"authentication-results": [stamp]},
        forward=forward,
        **more,
    )
    with transaction():
        row = decided(mail)
        return str(row.outcome), row.reason


def test_it_opens_a_case_for_whoever_wrote_it(
    app: Flask, context: Flask, cast: Cast, api: Api, work: Worker, outside: Outside
) -> None:
    assert forwarded() == ("opened", None)
    [case] = cases(app)
    found = api.get(f"/cases/{case.uuid}").json
    assert (found["subject"], found["state"], found["channel"]) == ("Broken table", "active", "mail")
    assert (found["creator"]["email"], found["creator"]["name"]) == (EVE, "Eve Stranger")
    assert [one["email"] for one in found["participants"]] == [EVE, BEN]
    [message] = found["messages"]
    assert (message["message"], message["from"]["email"], message["verified"]) == (WORDS, EVE, False)
    work()
    assert [one.purpose for one in outbound_to(app, EVE)] == ["receipt"]
    assert WORDS not in str(outside.inbox(EVE)[0])
    assert WORDS in str(outside.inbox(AMY)[0])


def test_what_the_forwarder_added_is_a_note_that_no_customer_sees(
    app: Flask, context: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    forwarded()
    with app.app_context():
        posts = db.session.scalars(db.select(Post).order_by(Post.id)).all()
        assert [(one.kind, one.author.email, one.body) for one in posts] == [
            ("message", EVE, WORDS),
            ("note", BEN, COMMENT),
        ]
    work()
    assert all(COMMENT not in str(mail) for mail in outside.inbox(EVE))


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_such_a_case_is_born_confirmed(app: Flask, context: Flask, cast: Cast) -> None:
    assert forwarded() == ("opened", None)
    assert cases(app)[0].state == "active"


def test_its_files_come_along(app: Flask, context: Flask, cast: Cast, api: Api) -> None:
    forwarded(files=(Part("table.txt", "text/plain", b"broken"),))
    [message] = api.get(f"/cases/{cases(app)[0].uuid}").json["messages"]
    assert [one["name"] for one in message["attachments"]] == ["table.txt"]


@pytest.mark.parametrize(
    "stamp",
    ["mx.elsewhere.test; dmarc=pass header.from=team.test", f"{OURS}; dmarc=fail header.from=team.test", "nothing"],
)
def test_without_proof_that_the_team_forwards_it_is_held(context: Flask, cast: Cast, stamp: str) -> None:
    assert forwarded(stamp=stamp) == ("held", "from_team_without_case")


@pytest.mark.parametrize("author", [OLGA, BEN, "support@casey.test", "nobody"])
def test_a_mail_of_the_team_or_of_nobody_opens_no_case_by_being_forwarded(
    context: Flask, cast: Cast, author: str
) -> None:
    assert forwarded(author) == ("held", "from_team_without_case")


def test_what_a_customer_forwards_is_his_own_mail(app: Flask, context: Flask, cast: Cast, api: Api) -> None:
    assert forwarded(by=UNA, stamp="nothing") == ("opened", None)
    assert api.get(f"/cases/{cases(app)[0].uuid}").json["creator"]["email"] == UNA


def test_forwarding_a_mail_system_answers_no_mail_system(app: Flask, context: Flask, cast: Cast) -> None:
    forwarded("mailer-daemon@far.test")
    assert outbound_to(app, "mailer-daemon@far.test") == []


def test_the_team_may_say_that_a_forward_is_one(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    outside.send(letter(BEN, "Fwd: Broken table", f"{COMMENT}\n\n{GMAIL}"))
    work()
    [held] = api.get("/inbound?outcome=held").json["items"]
    assert held["reason"] == "from_team_without_case"
    api.post(f"/inbound/{held['uuid']}/admit")
    work()
    [case] = cases(app)
    assert api.get(f"/cases/{case.uuid}").json["creator"]["email"] == EVE


def test_a_forwarded_mail_is_read_as_mail_programs_write_it(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    outside.send(letter(BEN, "Fwd: Broken table", f"{COMMENT}\n\n{GMAIL}", Authentication_Results=STAMP))
    work()
    assert [row.outcome for row in inbound(app)] == ["opened"]
    found = api.get(f"/cases/{cases(app)[0].uuid}").json
    assert (found["creator"]["email"], found["messages"][0]["message"].strip()) == (EVE, WORDS)


GMAIL = f"""---------- Forwarded message ---------
From: Eve Stranger <{EVE}>
Date: Sun, 22 Nov 2026 at 01:12
Subject: Broken table
To: Ben Foo <{BEN}>


{WORDS}
"""
