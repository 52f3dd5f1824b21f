"""Files of a case: on its page, and by signed links in mails."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from time_machine import travel

from app.cases.attachments import attachment_by_uuid
from app.cases.downloads import file_link
from app.cases.models import Post, PostKind
from app.cases.participation import join_case
from app.cases.queries import case_by_uuid
from app.clock import now
from app.config import deployed
from app.extensions import db
from app.people.persons import find_or_create_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.files.posts import PNG, a_file, a_picture, posted
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

COMPANION = "companion@customer.test"


@pytest.fixture
def case(api: Api, work: Worker) -> str:
    """A case of una's, of which everybody has been told."""
    opened = api.opened(UNA)
    work()
    return str(opened["uuid"])


@pytest.fixture
def una(app: Flask, case: str, outside: Outside) -> Browser:
    """una, who has followed her link to the case."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(UNA)[0], "/c/"))
    return browser


@pytest.fixture
def ben(app: Flask, case: str, outside: Outside) -> Browser:
    """ben, who has followed his."""
    browser = Browser(app)
    browser.open(link_in(outside.inbox(BEN)[0], "/c/"))
    return browser


def change_posts(app: Flask, **values: object) -> None:
    with app.app_context(), transaction():
        db.session.execute(sa.update(Post).values(**values))


def a_link(app: Flask, file: UUID, person: str) -> str:
    """The path of a signed link to a file for somebody."""
    with app.app_context():
        return urlsplit(file_link(attachment_by_uuid(file), known_person(person, field="person"))).path


def test_a_file_on_the_page_can_be_saved(app: Flask, case: str, una: Browser) -> None:
    [file] = posted(app, case, BEN, a_file("plan.txt", b"The plan."))
    page = una.open(f"/cases/{case}").text
    assert "plan.txt" in page
    assert "9 bytes" in page
    assert f'href="/cases/{case}/files/{file}"' in page
    answer = una.client.get(f"/cases/{case}/files/{file}", buffered=True)
    assert (answer.data, answer.headers["Content-Disposition"].partition(";")[0]) == (b"The plan.", "attachment")
    head = una.client.head(f"/cases/{case}/files/{file}", buffered=True)
    assert (head.status_code, head.data, head.content_length) == (200, b"", 9)


def test_a_picture_is_shown_small_and_opens_in_the_browser(app: Flask, case: str, una: Browser) -> None:
    [picture, lie] = posted(app, case, BEN, a_picture(), a_picture("lie.png", b"<script>"))
    assert f'<img src="/cases/{case}/files/{picture}"' in una.open(f"/cases/{case}").text
    shown, saved = (una.client.get(f"/cases/{case}/files/{one}", buffered=True) for one in (picture, lie))
    assert (shown.data, shown.headers["Content-Disposition"].partition(";")[0]) == (PNG, "inline")
    assert saved.headers["Content-Disposition"].startswith("attachment; ")
    for answer in (shown, saved):
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@on_both
def test_the_file_of_another_case_is_not_found_just_like_no_file(app: Flask, api: Api, case: str, una: Browser) -> None:
    other = api.opened("somebody.else@customer.test")["uuid"]
    [foreign] = posted(app, other, "somebody.else@customer.test", a_file())
    found = [una.client.get(f"/cases/{case}/files/{one}") for one in (foreign, uuid4())]
    assert [one.status_code for one in found] == [404, 404]
    assert found[0].text == found[1].text
    assert una.client.get(f"/cases/{other}/files/{foreign}").status_code == 404


def test_without_the_link_of_the_case_no_file_is_there(app: Flask, case: str) -> None:
    [file] = posted(app, case, UNA, a_file())
    assert Browser(app).open(f"/cases/{case}/files/{file}").status_code == 404


@pytest.mark.parametrize("values", [{"kind": PostKind.NOTE}, {"deleted_at": now()}, {"send_at": now() + timedelta(1)}])
def test_the_file_of_a_note_or_of_what_is_deleted_or_waits_is_not_there_for_customers(
    app: Flask, case: str, una: Browser, values: dict[str, object]
) -> None:
    [file] = posted(app, case, BEN, a_file())
    link = a_link(app, file, UNA)
    change_posts(app, **values)
    assert una.client.get(f"/cases/{case}/files/{file}").status_code == 404
    assert una.client.get(link).status_code == 404


def test_the_file_of_a_note_is_there_for_the_team(app: Flask, case: str, ben: Browser) -> None:
    [file] = posted(app, case, BEN, a_file(content=b"Secret."))
    link = a_link(app, file, BEN)
    change_posts(app, kind=PostKind.NOTE)
    for path in (f"/cases/{case}/files/{file}", link):
        assert ben.client.get(path, buffered=True).data == b"Secret."


def test_file_names_show_no_address_of_the_team(app: Flask, case: str, una: Browser, ben: Browser) -> None:
    [file] = posted(app, case, BEN, a_file(f"from {AMY}.txt"))
    assert AMY not in una.open(f"/cases/{case}").text
    assert AMY in ben.open(f"/cases/{case}").text
    for path in (f"/cases/{case}/files/{file}", a_link(app, file, UNA)):
        assert AMY.partition("@")[0] not in una.client.get(path, buffered=True).headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("forwarded", "message/rfc822"),
        ("meeting", "text/calendar"),
        ("card", "text/vcard"),
        ("winmail.dat", "application/octet-stream"),
        ("a tnef", "application/ms-tnef"),
        ("Mail.EML", "application/octet-stream"),
    ],
)
def test_files_that_name_addresses_reach_a_customer_only_from_the_team_or_himself(
    app: Flask, api: Api, case: str, una: Browser, ben: Browser, name: str, kind: str
) -> None:
    join(app, case, COMPANION)
    for writer, readers in ((COMPANION, {"ben"}), (BEN, {"ben", "una"}), (UNA, {"ben", "una"})):
        [file] = posted(app, case, writer, a_file(name, b"x", kind))
        for who, browser in (("una", una), ("ben", ben)):
            assert (str(file) in browser.open(f"/cases/{case}").text) is (who in readers), (writer, who)
            answer = browser.client.get(f"/cases/{case}/files/{file}", buffered=True)
            assert answer.status_code == (200 if who in readers else 404), (writer, who)
        assert una.client.get(a_link(app, file, UNA), buffered=True).status_code == (200 if "una" in readers else 404)


def join(app: Flask, case: str, address: str) -> None:
    """Put somebody new into the case."""
    with app.app_context(), transaction():
        join_case(case_by_uuid(UUID(case)), find_or_create_person(address, "A Companion"))


def test_a_signed_link_needs_no_cookie_and_is_always_saved(app: Flask, case: str) -> None:
    [picture] = posted(app, case, BEN, a_picture())
    answer = Browser(app).client.get(a_link(app, picture, UNA), buffered=True)
    assert (answer.status_code, answer.data) == (200, PNG)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_signed_link_is_the_same_in_a_mail_that_is_made_again(app: Flask, case: str) -> None:
    [file] = posted(app, case, BEN, a_file())
    first = a_link(app, file, UNA)
    with travel(now() + timedelta(days=3)):
        assert a_link(app, file, UNA) == first
    assert a_link(app, file, BEN) != first


def test_a_signed_link_ends_after_thirty_days(app: Flask, case: str) -> None:
    [file] = posted(app, case, BEN, a_file())
    link, client = a_link(app, file, UNA), Browser(app).client
    with travel(now() + timedelta(days=29, hours=23), tick=False):
        assert client.get(link, buffered=True).status_code == 200
    with travel(now() + timedelta(days=30, minutes=1), tick=False):
        page = client.get(link)
    assert (page.status_code, "has expired" in page.text) == (410, True)


def test_the_days_of_a_signed_link_can_be_counted_from_its_mail(app: Flask, case: str) -> None:
    [file] = posted(app, case, BEN, a_file())
    mailed = now() + timedelta(days=40)
    with app.app_context():
        person = known_person(UNA, field="person")
        link = urlsplit(file_link(attachment_by_uuid(file), person, since=mailed)).path
    with travel(mailed + timedelta(days=29), tick=False):
        assert Browser(app).client.get(link, buffered=True).status_code == 200


def test_a_signed_link_is_dead_when_its_person_was_taken_out(app: Flask, api: Api, case: str, cast: Cast) -> None:
    [file] = posted(app, case, BEN, a_file())
    link = a_link(app, file, UNA)
    assert api.delete(f"/cases/{case}/participants/{cast.una.uuid}").status_code == 200
    assert Browser(app).client.get(link).status_code == 410


def test_a_signed_link_is_dead_when_its_person_may_no_longer_act(app: Flask, api: Api, case: str, cast: Cast) -> None:
    [file] = posted(app, case, UNA, a_file())
    link = a_link(app, file, BEN)
    assert api.patch(f"/persons/{cast.ben.uuid}", {"disabled": True}).status_code == 200
    assert Browser(app).client.get(link).status_code == 410


def test_a_forged_link_opens_nothing(app: Flask, case: str) -> None:
    [file] = posted(app, case, BEN, a_file())
    link, client = a_link(app, file, UNA), Browser(app).client
    body, signature = link.rsplit(".", 1)
    for forged in (f"{link}x", body, f"{body}.{signature[::-1]}", f"{body[:-2]}.{signature}", "/files/x"):
        page = client.get(forged)
        assert (page.status_code, "not known" in page.text) == (404, True), forged


def test_a_content_that_was_lost_has_its_page(app: Flask, case: str, una: Browser) -> None:
    [file] = posted(app, case, BEN, a_file())
    with app.app_context():
        for path in (deployed().data_dir / "files").rglob("?" * 64):
            path.unlink()
    page = una.open(f"/cases/{case}/files/{file}")
    assert (page.status_code, "is missing here" in page.text) == (410, True)
