"""The sandbox pages."""

from email.message import EmailMessage
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from app.config import deployed
from app.extensions import db
from app.mail.models import RawEmail, SandboxEmail
from app.mail.sandbox import sandbox_secret
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import Worker, on_both
from tests.letters import letter
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


def test_an_answer_quotes_the_mail_as_mail_programs_do(
    api: Api, browser: Browser, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    browser.open("/sandbox/mails/1")
    page = browser.submit(address=UNA, subject="Re: bug", message="It still burns.", quote="y")
    assert "wrote:" in page.text
    assert "&gt; " in page.text
    assert "It was put on its case" in page.text


def test_what_was_mailed_to_us_is_listed_with_what_became_of_it(browser: Browser) -> None:
    for number in range(3):
        browser.open("/sandbox/")
        browser.submit(address=EVE, subject=f"Letter {number}", message="It burns.")
    page = browser.open("/sandbox/received").text
    assert page.index("Letter 2") < page.index("Letter 1") < page.index("Letter 0")
    assert page.count("opened") == 3


def test_the_page_of_a_mail_looks_again_until_it_is_decided_about(
    browser: Browser, outside: Outside, work: Worker
) -> None:
    received = f"/sandbox/received/{outside.send(letter(EVE, 'Hello', 'It burns.'))}"
    again = '<meta http-equiv="refresh" content="2">'
    assert again in browser.open(received).text
    work()
    page = browser.open(received).text
    assert "It opened a case" in page
    assert again not in page


def test_admitting_is_proposed_only_where_it_helps(api: Api, browser: Browser, outside: Outside, work: Worker) -> None:
    api.opened(UNA)
    work()
    [invitation] = outside.inbox(BEN)
    stranger = outside.send(letter(EVE, f"Re: {invitation['Subject']}", "Me too."))
    order = outside.reply(invitation, "#priority soon")
    nobody = outside.send(b"Subject: Hi\r\n\r\nHi")
    work()
    pages = [browser.open(f"/sandbox/received/{id}").text for id in (stranger, order, nobody)]
    assert all("It is held for the team to decide" in page for page in pages)
    assert ["/admit" in page for page in pages] == [True, False, False]
    assert "order that cannot be carried out. <code>order_refused</code>" in pages[1]


def a_mail(app: Flask) -> EmailMessage:
    """A mail in Una's sandbox, with HTML, a picture in it, and a file."""
    mail = letter("support@casey.test", "With pictures", "Look!", to=UNA)
    mail.add_alternative('<p>Look! <img src="cid:one@x"><img src="https://eve.test/spy.png"></p>', subtype="html")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(20)
    mail.get_payload()[1].add_related(picture, "image", "png", cid="<one@x>")
    mail.add_attachment(b"<script>alert(1)</script>", "text", "html", filename="page.html")
    with app.app_context(), transaction():
        db.session.add(SandboxEmail(address=UNA, message_id=str(mail["Message-ID"]), content=mail.as_bytes()))
    return mail


def test_a_mail_is_shown_as_html_in_a_frame_that_can_load_nothing_from_elsewhere(app: Flask, browser: Browser) -> None:
    a_mail(app)
    page = browser.open("/sandbox/mails/1")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert '<iframe src="/sandbox/mails/1/html"' in page.text
    frame = browser.open("/sandbox/mails/1/html")
    assert 'src="data:image/png;base64,iVBORw0KGgo' in frame.text
    policy = frame.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "img-src data:;" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


def test_the_frame_of_a_mail_loads_the_logo_of_the_house_and_nothing_else(
    app: Flask, api: Api, browser: Browser
) -> None:
    api.post("/config", {"brandLogo": "https://tea.test/logo.png"})
    a_mail(app)
    policy = browser.open("/sandbox/mails/1/html").headers["Content-Security-Policy"]
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data: https://tea.test;" in policy


def test_a_file_in_a_mail_is_saved_and_a_picture_is_shown(app: Flask, browser: Browser) -> None:
    a_mail(app)
    picture = browser.open("/sandbox/mails/1/files/0")
    assert (picture.content_type, picture.headers["Content-Disposition"]) == ("image/png", "inline")
    page = browser.open("/sandbox/mails/1/files/1")
    assert page.content_type == "application/octet-stream"
    assert page.headers["Content-Disposition"] == "attachment; filename=page.html"
    assert "sandbox" in page.headers["Content-Security-Policy"]
    assert browser.open("/sandbox/mails/1/files/2").status_code == 404


def test_a_mail_can_be_looked_at_as_text_and_as_it_left(app: Flask, browser: Browser) -> None:
    mail = a_mail(app)
    assert "Look!" in browser.client.get("/sandbox/mails/1?view=text").text
    assert str(mail["Message-ID"]).strip("<>") in browser.client.get("/sandbox/mails/1?view=source").text


def test_a_file_can_be_sent_from_the_sandbox(app: Flask, api: Api, browser: Browser) -> None:
    browser.open("/sandbox/")
    browser.submit(address=EVE, subject="Hello", message="See the file.", files=(BytesIO(b"abc"), "a.txt"))
    with app.app_context():
        [raw] = db.session.scalars(select(RawEmail.content))
    assert b'filename="a.txt"' in raw


def test_it_speaks_the_language_of_the_browser(api: Api, browser: Browser, work: Worker) -> None:
    api.opened(UNA)
    work()
    for page, words in [("", "Alle Postfächer"), ("received", "Was uns gemailt wurde"), ("mails/1", "Antwort senden")]:
        text = browser.client.get(f"/sandbox/{page}", headers={"Accept-Language": "de"}).text
        assert words in text
        assert "Das ist eine Sandbox." in text
