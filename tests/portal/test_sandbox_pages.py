"""The sandbox pages."""

import pytest
from flask import Flask

from app.config import deployed
from app.mail.sandbox import sandbox_secret
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import Worker, on_both
from tests.portal.browser import Browser
from tests.sandbox import Outside


@pytest.fixture
def browser(app: Flask) -> Browser:
    """The operator, who has followed the link to the sandbox."""
    with app.app_context():
        secret = sandbox_secret(deployed())
    browser = Browser(app)
    assert "This is a sandbox" in browser.open(f"/sandbox/open/{secret}").text
    return browser


def test_the_whole_loop_can_be_tried_in_a_browser(api: Api, browser: Browser, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    assert BEN in browser.open("/sandbox/").text
    assert "I found a bug" in browser.open(f"/sandbox/mailboxes/{BEN}").text
    mail = next(id for id in range(1, 9) if f'value="{BEN}"' in browser.open(f"/sandbox/mails/{id}").text)
    browser.open(f"/sandbox/mails/{mail}")
    assert "It was put on its case" in browser.submit(address=BEN, subject="Re: bug", message="Tell me more.").text
    work()
    assert "Tell me more." in outside.inbox(UNA)[-1].get_content()


def test_a_mail_from_anybody_opens_a_case(api: Api, browser: Browser) -> None:
    browser.open("/sandbox/")
    assert "It opened a case" in browser.submit(address=EVE, subject="Hello", message="It burns.").text
    assert [one["subject"] for one in api.get("/cases").json["items"]] == ["Hello"]


def test_a_wrong_address_is_refused_beside_its_field_and_the_text_stays(browser: Browser) -> None:
    browser.open("/sandbox/")
    page = browser.submit(address="nobody", subject="Hello", message="A long letter.")
    assert page.status_code == 422
    assert "not a valid e-mail address" in page.text
    assert "A long letter." in page.text


def test_the_sandbox_is_closed_without_its_link(app: Flask) -> None:
    for path in ("/sandbox/", f"/sandbox/mailboxes/{UNA}", "/sandbox/mails/1", "/sandbox/received/1"):
        assert Browser(app).open(path).status_code == 404
    assert Browser(app).open("/sandbox/open/wrong").status_code == 404


def test_the_sandbox_is_gone_when_real_servers_are_set(api: Api, browser: Browser) -> None:
    changed = {"smtpAdapter": "smtp", "smtpServer": "127.0.0.1", "mailAddress": "support@casey.test"}
    assert api.post("/config", changed).status_code == 200
    assert browser.open("/sandbox/").status_code == 404


@on_both
def test_addresses_of_no_mail_are_not_found(browser: Browser) -> None:
    for path in ("/sandbox/mails/99999999999999999999", "/sandbox/received/3000000000", "/sandbox/mails/0"):
        assert browser.open(path).status_code == 404
    assert browser.open("/sandbox/mailboxes/%00").status_code == 200
