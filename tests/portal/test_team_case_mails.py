"""The mails of a case, from the page of the team: those that came, and those that did not arrive."""

from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.mail.deciding.reasons import SENTENCES
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.people.persons import find_person
from app.portal.team.reasons import why
from app.transaction import transaction
from app.translating import speaking
from tests.api_client import Api
from tests.cast import AMY, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.sandbox import Outside


@on_both
def test_a_mail_that_came_back_says_why_and_is_sent_again(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    ben.press("/reply", message="Here you are.")
    work()
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        mail = db.session.query(OutboundEmail).filter_by(person_id=una.id).order_by(OutboundEmail.id.desc()).first()
        assert mail is not None
        mail.status, mail.rejection, mail.answer = Delivery.REJECTED, Rejection.BOUNCE, "550 <no> such mailbox"
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Did not arrive" in page
    assert "550 &lt;no&gt; such mailbox" in page
    ben.press("/retry")
    assert ben.page is not None
    assert "550 &lt;no&gt; such mailbox" not in ben.page.text


@on_both
@pytest.mark.parametrize("way", ["admit", "reject"])
def test_a_held_mail_is_let_in_or_turned_away(
    api: Api, case: Any, ben: Browser, work: Worker, outside: Outside, way: str
) -> None:
    outside.send(letter(EVE, f"Re: [{case['reference']}] lamp", "I have the same lamp."))
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Mails that wait for you to decide" in page
    assert "Its sender is not in the case" in page
    ben.press(f"/{way}")
    work()
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Mails that wait for you to decide" not in page
    assert ("I have the same lamp." in page) is (way == "admit")


@on_both
def test_each_message_says_whom_it_reached_and_whom_not(
    app: Flask, api: Api, case: Any, ben: Browser, work: Worker, outside: Outside
) -> None:
    api.post(f"/cases/{case['uuid']}/participants", {"email": "max@customer.test", "name": "Max"})
    ben.press("/reply", message="Here you are.")
    work()
    with app.app_context(), transaction():
        max = find_person("max@customer.test")
        assert max is not None
        mail = db.session.query(OutboundEmail).filter_by(person_id=max.id).one()
        mail.status, mail.rejection, mail.answer = Delivery.REJECTED, Rejection.BOUNCE, "550 no <such> mailbox"
    page = ben.open(f"/team/cases/{case['uuid']}").text
    told = page.split("Here you are.")[1].split("</li>")[0]
    assert "Sent: " in told
    assert "Una" in told.split("Did not arrive")[0]
    assert "Max" in told.split("Did not arrive")[1]
    assert "550 no &lt;such&gt; mailbox" in told
    assert page.split("Who is in this case")[1].count("/retry") == 1
    ben.press("/retry")
    work()
    assert "Did not arrive" not in ben.open(f"/team/cases/{case['uuid']}").text


def test_a_mail_is_read_before_it_is_decided_about_and_the_reason_is_said_in_ones_language(
    app: Flask, api: Api, case: Any, cast: Cast, ben: Browser, work: Worker, outside: Outside
) -> None:
    outside.send(letter(EVE, f"Re: [{case['reference']}] lamp", "I have <i>the same</i> lamp."))
    work()
    api.patch(f"/persons/{cast.ben.uuid}", {"language": "de"})
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "Der Absender ist an der Anfrage nicht beteiligt und hier unbekannt." in page
    address = page.split("/mails/")[1].split('"')[0].split("/")[0]
    page = ben.open(f"/team/cases/{case['uuid']}/mails/{address}").text
    assert "I have &lt;i&gt;the same&lt;/i&gt; lamp." in page
    assert "Der Absender ist an der Anfrage nicht beteiligt und hier unbekannt." in page
    assert "/team/operator/" not in page
    olga = signed_in(app, OLGA)
    assert f"/team/operator/inbound/{address}" in olga.open(f"/team/cases/{case['uuid']}/mails/{address}").text
    page = ben.press("/reject").text
    assert "Das Team hat sie abgewiesen." in page
    amy = signed_in(app, AMY)
    assert amy.open(f"/team/cases/{case['uuid']}/mails/{address}").status_code == 403
    other = api.opened(UNA)["uuid"]
    assert ben.open(f"/team/cases/{other}/mails/{address}").status_code == 404


@pytest.mark.parametrize("language", ["de", "ru"])
def test_every_reason_is_said_in_the_language_of_the_team(language: str) -> None:
    with speaking(language):
        assert [english for reason, english in SENTENCES.items() if str(why(reason)) == english] == []
