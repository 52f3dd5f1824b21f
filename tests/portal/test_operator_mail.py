"""Mailboxes, received mails and mails that did not arrive, as the operator sees them."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.clock import now
from app.extensions import db
from app.mail.intake.accounts import MailboxAccount
from app.mail.models import Delivery, InboundEmail, Mailbox, OutboundEmail, Outcome, Rejection
from app.portal.team.operator.mailboxes import MANY
from app.portal.team.operator.pages import LONG
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.plans import plans
from tests.portal.browser import Browser
from tests.portal.operating import at
from tests.portal.signing_in import signed_in
from tests.queries import queries
from tests.sandbox import Outside

ROUND = b"Received: x\r\n" * 101 + b"From:"


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Browser:
    """olga's browser."""
    return signed_in(app, OLGA)


def quarantined(api: Api, outside: Outside, work: Worker, text: str = "Hi") -> str:
    """A mail that went round and round, and where it is shown."""
    outside.send(letter(EVE, "Round <b>", text).as_bytes().replace(b"From:", ROUND, 1))
    work()
    return f"/team/operator/inbound/{api.get('/inbound?outcome=quarantined').json['items'][0]['uuid']}"


def failed(app: Flask, **values: object) -> None:
    """Let what was mailed to una have failed."""
    with app.app_context(), transaction():
        db.session.execute(sa.update(OutboundEmail).where(OutboundEmail.address == UNA).values(**values))


def test_no_mailbox_is_said_to_be_none(olga: Browser) -> None:
    assert "mail comes and goes in the sandbox" in at(olga, "/team/operator/mailboxes")


IMAP = {
    "CASEY_IMAP_ADAPTER": "imap",
    "CASEY_IMAP_SERVER": "mail.test",
    "CASEY_IMAP_PASSWORD": "the password",
    "CASEY_MAIL_ADDRESS": "help@casey.test",
}


@pytest.mark.settings(**IMAP)
def test_mailboxes_say_how_they_stand_and_cost_the_same(app: Flask, olga: Browser) -> None:
    assert "No mailbox has been looked into yet." in at(olga, "/team/operator/mailboxes")
    _further(app, 1)
    page = at(olga, "/team/operator/mailboxes")
    for words in ("box0@casey.test", "In trouble", "login &lt;refused&gt;", "yes, for at most until"):
        assert words in page
    assert "a secret" not in page
    with queries(app) as few:
        at(olga, "/team/operator/mailboxes")
    _further(app, MANY, start=1)
    with queries(app) as many:
        page = at(olga, "/team/operator/mailboxes")
    assert len(many) <= len(few) <= 10
    following = page.split('rel="next" href="')[1].split('"')[0]
    assert f"box{MANY}@casey.test" in at(olga, following)


FURTHER = {"address": "box@casey.test", "server": "mail.test", "username": "", "password": "a secret"}


@pytest.mark.settings(**IMAP, CASEY_MAIL_ALIASES="box@casey.test")
def test_a_further_mailbox_is_read_paused_and_read_no_more(olga: Browser, api: Api) -> None:
    at(olga, "/team/operator/mailboxes/new")
    page = olga.press("/mailboxes/new", **FURTHER).text
    assert "box@casey.test" in page
    assert "a secret" not in page
    assert "Paused" in olga.press("/pause").text
    assert "Paused" not in olga.press("/resume").text
    assert "box@casey.test" not in olga.press("/remove").text
    assert [one for one in api.get("/mailboxes").json["items"] if one["address"] == "box@casey.test"] == []


@pytest.mark.settings(**IMAP, CASEY_MAIL_ALIASES="box@casey.test")
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"address": ""}, "Please fill this in."),
        ({"server": ""}, "Please fill this in."),
        ({"address": "nobody"}, "This must be an e-mail address"),
        ({"address": "box@elsewhere.test"}, "This address is none of ours."),
        ({"server": "mail test"}, "This must be a domain name"),
        ({"port": "70000"}, "This must be a whole number from 1 to 65535"),
        ({"password": ""}, "This field is required when auth is password."),
    ],
)
def test_a_mailbox_that_cannot_be_read_comes_back_with_what_was_typed(
    olga: Browser, wrong: dict[str, str], sentence: str
) -> None:
    at(olga, "/team/operator/mailboxes/new")
    answer = olga.press("/mailboxes/new", **{**FURTHER, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "a secret" not in answer.text
    assert all(f'value="{text}"' in answer.text for name, text in wrong.items() if name != "password")


@pytest.mark.settings(**IMAP, CASEY_MAIL_ALIASES="box@casey.test")
def test_a_mailbox_that_is_read_already_is_not_read_twice(olga: Browser) -> None:
    for _ in range(2):
        at(olga, "/team/operator/mailboxes/new")
        answer = olga.press("/mailboxes/new", **FURTHER)
    assert answer.status_code == 409
    assert "is read already" in answer.text


def _further(app: Flask, count: int, start: int = 0) -> None:
    with app.app_context(), transaction():
        for number in range(start, start + count):
            box = Mailbox(name=f"box{number}", failures=3, trouble="login <refused>", next_at=now(), lease_until=LATER)
            db.session.add(box)
            db.session.flush()
            address, how = f"box{number}@casey.test", {"port": 993, "encryption": "tls", "auth": "password"}
            db.session.add(
                MailboxAccount(
                    mailbox_id=box.id, address=address, server="m", username=address, password="a secret", **how
                )
            )


LATER = now().replace(year=2099)


def test_a_mail_in_quarantine_is_shown_as_text_and_decided_about_again(
    api: Api, olga: Browser, work: Worker, outside: Outside
) -> None:
    assert "There are no such mails." in at(olga, "/team/operator/inbound")
    address = quarantined(api, outside, work, "<script>alert(1)</script> Good morning.")
    assert "Round &lt;b&gt;" in at(olga, "/team/operator/inbound")
    page = at(olga, address)
    assert "<script>alert" not in page
    assert "Good morning." in page
    assert "In quarantine" in page
    assert olga.press("/replay").status_code == 200
    assert olga.page
    assert "It is decided about in a moment." in olga.page.text
    work()
    assert "In quarantine" in at(olga, address)


def test_pressing_twice_decides_once_and_says_so(api: Api, olga: Browser, work: Worker, outside: Outside) -> None:
    address = quarantined(api, outside, work)
    at(olga, address)
    first = olga.page
    olga.press("/replay")
    olga.page = first
    again = olga.press("/replay")
    assert again.status_code == 409
    assert "it waits to be decided about" in again.text
    assert len([one for one in api.get("/events?limit=200").json["items"] if one["name"] == "mail_replayed"]) == 1


@on_both
def test_a_held_mail_is_let_in_or_turned_away(api: Api, olga: Browser, work: Worker, outside: Outside) -> None:
    reference = api.opened(UNA)["reference"]
    for words in ("I saw it too!", "Me too!"):
        outside.send(letter(EVE, f"Re: {reference}", words))
    work()
    second, first = api.get("/inbound?outcome=held").json["items"]
    at(olga, f"/team/operator/inbound/{first['uuid']}")
    assert olga.press("/reject").status_code == 200
    at(olga, f"/team/operator/inbound/{second['uuid']}")
    assert olga.press("/admit").status_code == 200
    work()
    assert api.get(f"/inbound/{first['uuid']}").json["outcome"] == Outcome.IGNORED
    assert api.get(f"/inbound/{second['uuid']}").json["outcome"] == Outcome.POSTED


def test_a_long_list_of_received_mails_has_pages_and_costs_the_same(
    app: Flask, api: Api, olga: Browser, work: Worker, outside: Outside
) -> None:
    quarantined(api, outside, work)
    with queries(app) as few:
        at(olga, "/team/operator/inbound")
    with app.app_context(), transaction():
        one = db.session.scalars(sa.select(InboundEmail)).one()
        kept = {
            c.key: getattr(one, c.key) for c in sa.inspect(InboundEmail).columns if c.key not in ("id", "uuid", "uid")
        }
        db.session.add_all(InboundEmail(**kept | {"uid": 1000 + n, "subject": f"Mail {n}"}) for n in range(LONG))
    with queries(app) as many:
        page = at(olga, "/team/operator/inbound")
    assert len(many) <= len(few) <= 10
    assert page.count('class="subject"') == LONG
    assert "Round &lt;b&gt;" in at(olga, page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&"))


def test_a_mail_that_failed_says_why_and_is_sent_again(
    app: Flask, api: Api, olga: Browser, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    assert "There are no such mails." in at(olga, "/team/operator/deliveries")
    failed(app, status=Delivery.REJECTED, rejection=Rejection.BOUNCE, answer="550 no <such> user", rejected_at=now())
    page = at(olga, "/team/operator/deliveries?status=nonsense")
    assert UNA in page
    assert "the address does not take mail" in page
    at(olga, page.split('class="subject" href="')[1].split('"')[0])
    assert olga.page
    assert "550 no &lt;such&gt; user" in olga.page.text
    first = olga.page
    assert "Waits to be sent" in olga.press("/retry").text
    olga.page = first
    again = olga.press("/retry")
    assert (again.status_code, "This mail waits to be sent already." in again.text) == (409, True)
    work()
    assert "There are no such mails." in at(olga, "/team/operator/deliveries")


@on_both
def test_failed_mails_are_found_by_their_index(app: Flask, api: Api, olga: Browser, work: Worker) -> None:
    for number in range(3):
        api.opened(UNA, subject=f"Case {number}")
    work()
    failed(app, status=Delivery.HELD, answer="Held.")
    with app.app_context(), plans() as found:
        page = at(olga, "/team/operator/deliveries?status=held")
    assert page.count('class="subject"') == 3
    assert any("ix_outbound_emails_status_id" in plan for plan in found)
