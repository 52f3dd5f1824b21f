"""Whoever is let into a case keeps the name he gave; of whoever gave none, the others see nothing of his address."""

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.mail.models import InboundEmail
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.leaks import decoded
from tests.letters import letter
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

LOCAL = "e.v.e.1987"
NAMELESS = f"{LOCAL}@stranger.test"


class Desk:
    """A case of una's that ben has taken up."""

    def __init__(self, app: Flask, api: Api, work: Worker, outside: Outside) -> None:
        self.app, self.api, self.work, self.outside = app, api, work, outside
        self.case = api.opened(UNA)
        work()
        outside.reply(outside.inbox(BEN)[0], "Which table?")
        work()

    def write(self, sender: str, **headers: str) -> str:
        """Somebody's mail to the case; its uuid."""
        self.outside.send(letter(sender, f"Re: {self.case['reference']}", "I saw it too!", **headers))
        self.work()
        return str(self.api.get("/inbound").json["items"][0]["uuid"])

    def let_in(self, way: str, address: str, name: str = "") -> None:
        if way == "api":
            self.api.post(f"/cases/{self.case['uuid']}/participants", {"email": address, "name": name})
        else:
            self.outside.reply(self.outside.inbox(BEN)[0], f"#add {name} <{address}>" if name else f"#add {address}")
        self.work()

    def last(self) -> tuple[str, str]:
        """The name and the alias of who joined last."""
        found = self.api.get(f"/cases/{self.case['uuid']}").json["participants"][-1]
        return found["name"], found["alias"]


@pytest.fixture
def desk(app: Flask, api: Api, work: Worker, outside: Outside) -> Desk:
    return Desk(app, api, work, outside)


@on_both
@pytest.mark.parametrize("way", ["api", "order"])
def test_whoever_is_let_in_has_the_name_of_his_latest_held_mail(desk: Desk, way: str) -> None:
    desk.write(f"E. <{EVE}>")
    desk.write(f"Eve Stranger <{EVE.upper()}>")
    desk.write(EVE)
    desk.let_in(way, EVE)
    assert desk.last() == ("Eve Stranger", "Eve Stranger")


@pytest.mark.parametrize("way", ["api", "order"])
def test_whoever_was_proposed_has_the_name_of_the_proposal(desk: Desk, way: str) -> None:
    desk.outside.reply(desk.outside.inbox(UNA)[0], "Eve knows.", Cc=f"Eve Friend <{EVE}>")
    desk.work()
    desk.let_in(way, EVE)
    assert desk.last() == ("Eve Friend", "Eve Friend")


@pytest.mark.parametrize("way", ["api", "order"])
def test_a_name_that_the_team_gives_counts_before_all_others(desk: Desk, way: str) -> None:
    desk.write(f"Eve Stranger <{EVE}>")
    desk.let_in(way, EVE, "Eve of Accounting")
    assert desk.last()[0] == "Eve of Accounting"


def test_an_admitted_mail_without_a_name_takes_that_of_an_earlier_one(desk: Desk) -> None:
    desk.write(f"Eve Stranger <{EVE}>")
    desk.api.post(f"/inbound/{desk.write(EVE)}/admit")
    desk.work()
    assert desk.last() == ("Eve Stranger", "Eve Stranger")


def test_a_mail_held_on_another_case_names_nobody_here(desk: Desk) -> None:
    other = desk.api.opened(UNA)
    desk.outside.send(letter(f"Eve Stranger <{EVE}>", f"Re: {other['reference']}", "I saw it too!"))
    desk.work()
    desk.let_in("api", EVE)
    assert desk.last()[0] == "eve"


def test_of_a_nameless_participant_other_customers_see_nothing_of_the_address(desk: Desk) -> None:
    desk.write(NAMELESS)
    desk.let_in("api", NAMELESS)
    page = Browser(desk.app).open(link_in(desk.outside.inbox(UNA)[0], "/c/")).text
    mail = desk.outside.inbox(UNA)[-1]
    assert "I saw it too!" in page
    assert "I saw it too!" in decoded(mail.as_bytes())
    assert str(mail["From"]) == "Participant <support@casey.test>"
    assert LOCAL not in page + "".join(decoded(one.as_bytes()) for one in desk.outside.inbox(UNA))
    assert desk.last() == (LOCAL, "Participant")


def test_the_team_and_the_nameless_himself_see_the_name_made_of_the_address(desk: Desk, cast: Cast) -> None:
    desk.write(NAMELESS)
    desk.let_in("api", NAMELESS)
    assert str(desk.outside.inbox(BEN)[-1]["From"]) == f'"{LOCAL}" <support@casey.test>'
    page = Browser(desk.app).open(link_in(desk.outside.inbox(AMY)[0], "/c/")).text
    assert f'<h2 dir="auto">{LOCAL}</h2>' in page
    desk.api.post(f"/case/{desk.case['uuid']}/messages", {"from": BEN, "message": "Thank you."})
    desk.work()
    own = Browser(desk.app).open(link_in(desk.outside.inbox(NAMELESS)[-1], "/c/")).text
    assert f'<h2 dir="auto">{LOCAL}</h2>' in own


@pytest.mark.parametrize("name", ["", "EVE", EVE, f" {EVE.upper()} "])
def test_who_is_called_as_his_address_is_nameless(desk: Desk, name: str) -> None:
    desk.let_in("api", EVE, name)
    assert desk.last()[1] == "Participant"


def test_a_mail_from_before_senders_were_written_down_is_replayed_before_it_is_admitted(desk: Desk) -> None:
    path = f"/inbound/{desk.write(f'Eve <{EVE}>')}"
    with desk.app.app_context(), transaction():
        old = sa.update(InboundEmail).where(InboundEmail.sender == EVE)
        db.session.execute(old.values(sender=None, sender_name=None, subject=None))
    answer = desk.api.post(f"{path}/admit")
    assert (answer.status_code, answer.json["detail"]) == (409, "Replay it first, so that its sender is read.")
    assert desk.api.post(f"{path}/replay").status_code == 202
    desk.work()
    assert desk.api.post(f"{path}/admit").status_code == 202
    desk.work()
    assert desk.last()[0] == "Eve"


def test_a_mail_that_names_no_sender_is_not_replayed_for_one(desk: Desk) -> None:
    desk.outside.send(b"From: a@x.test, b@x.test\r\nSubject: Hi\r\n\r\nHi")
    desk.work()
    uuid = desk.api.get("/inbound").json["items"][0]["uuid"]
    answer = desk.api.post(f"/inbound/{uuid}/admit")
    assert answer.json["detail"] == "This mail has no sender who could be written to."


def test_an_agent_reads_the_mail_that_he_may_admit_and_a_collaborator_does_not(desk: Desk, cast: Cast) -> None:
    path = f"/inbound/{desk.write(EVE)}"
    for address, key, status in ((path, "ben", 200), (path, "amy", 403), (f"{path}/raw", "ben", 403)):
        assert desk.api.as_(cast.keys[key]).get(address).status_code == status
