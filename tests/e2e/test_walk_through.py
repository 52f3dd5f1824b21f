"""The walk-through of the README with real servers: HTTP in, SMTP out, IMAP in, on both databases."""

import re
from email.message import EmailMessage

from tests.conftest import on_both
from tests.e2e.people import Browser, Somebody
from tests.house import SUPPORT, House
from tests.leaks import leaked
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

BEN, USER = "ben@domain.tld", "some.user@other.tld"


@on_both
def test_a_case_opened_over_http_becomes_a_mail_conversation_through_one_address(
    house: House, dovecot: Dovecot, outside: OutsideWorld
) -> None:
    house.environ["CASEY_CASE_CONFIRMATION"] = "true"
    house.start("web", "worker", "ticker")
    ben, user = Somebody(BEN, dovecot), Somebody(USER, dovecot)

    assert house.call("POST", "/persons", {"name": "Ben Foo", "email": BEN, "team": True}).status == 201
    case = {
        "creator": {"name": "Some User", "email": USER},
        "subject": "I found a bug",
        "message": "There is a bug over there!",
    }
    opened = house.call("POST", "/cases", case)
    assert (opened.status, opened.json["state"]) == (201, "pending")
    path = f"/case/{opened.json['uuid']}"

    confirm(user.mail_that_says("confirm"))
    invitation = ben.mail_that_says("There is a bug over there!")
    ben.replies(invitation, "Can you tell us more?")
    answer = user.mail_that_says("Can you tell us more?")
    assert [one.addr_spec for one in answer["From"].addresses] == [SUPPORT]

    user.replies(answer, "It is under the table.")
    ben.mail_that_says("It is under the table.")
    house.call("POST", f"{path}/messages", {"from": BEN, "message": "We have squashed it."})
    last = user.mail_that_says("We have squashed it.")

    assert house.call("POST", f"{path}/close").json["status"] == "closed"
    user.replies(last, "It is back!")
    ben.mail_that_says("It is back!")
    found = house.call("GET", path).json
    assert found["status"] == "open"
    assert [one["alias"] for one in found["messages"]] == [
        "Some User",
        "Ben (Support)",
        "Some User",
        "Ben (Support)",
        "Some User",
    ]

    outside.wait_until_delivered()
    to_user = [one.raw for one in outside.ledger() if one.rcpt_tos == (USER,)]
    assert to_user
    assert all(leaked(raw, USER, [BEN, USER]) == [] for raw in to_user)
    assert all(len(one.rcpt_tos) == 1 and one.mail_from == SUPPORT for one in outside.ledger())


def confirm(mail: EmailMessage) -> None:
    """Follow the link in a confirmation mail and press the button, as a browser without JavaScript does."""
    [url] = re.findall(r"http://\S+/confirm/\S+", mail.get_content())
    browser = Browser()
    browser.open(url)
    browser.submit()
