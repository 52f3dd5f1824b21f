"""What a customer does with his case beside writing to it."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA
from tests.conftest import Worker, on_both
from tests.files.posts import a_file, posted, posted_often
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in


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


def events(api: Api, case: str, name: str) -> list[dict[str, object]]:
    """What happened to the case under this name."""
    return [one for one in api.get("/events?limit=200").json["items"] if one["name"] == name]


@on_both
def test_she_closes_her_case_and_opens_it_again(api: Api, case: str, una: Browser) -> None:
    page = una.press("/close")
    assert "The case is closed now." in page.text
    assert api.get(f"/case/{case}").json["status"] == "closed"
    page = una.press("/reopen")
    assert "The case is open again" in page.text
    assert api.get(f"/case/{case}").json["status"] == "open"
    assert [one["actor"]["email"] for one in events(api, case, "case_closed")] == [UNA]


def test_pressing_close_twice_closes_once_and_says_so(api: Api, case: str, una: Browser) -> None:
    page = una.page
    una.press("/close")
    una.page = page
    assert "The case was closed already." in una.press("/close").text
    assert len(events(api, case, "case_closed")) == 1


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_where_nothing_is_reopened_she_is_not_offered_it(api: Api, case: str, una: Browser) -> None:
    page = una.press("/close")
    assert "Open the case again" not in page.text
    [token] = set(re.findall(r'name="csrf_token" value="([^"]+)"', page.text))
    assert una.post(f"/cases/{case}/reopen", csrf_token=token).status_code == 409
    assert api.get(f"/case/{case}").json["status"] == "closed"


def test_she_gets_no_more_mail_of_it_and_then_again(
    api: Api, case: str, una: Browser, work: Worker, outside: Outside
) -> None:
    def got(text: str) -> bool:
        api.post(f"/case/{case}/messages", {"from": BEN, "message": text})
        work()
        return any(text in one.get_content() for one in outside.inbox(UNA))

    assert "You get no more mail" in una.press("/mute").text
    assert not got("Unheard.")
    assert "You get mail of this case again" in una.press("/unmute").text
    assert got("Heard.")


def test_a_case_that_is_not_hers_she_leaves_and_the_team_can_read_it(
    api: Api, case: str, una: Browser, work: Worker, outside: Outside
) -> None:
    page = una.page
    before = len(outside.inbox(UNA))
    assert "You are out of the case" in una.press("/leave").text
    [left] = events(api, case, "participant_removed")
    assert (left["actor"]["email"], left["details"]) == (UNA, {"mistaken": True})
    una.page = page
    assert "You are out of the case" in una.press("/leave").text
    assert len(events(api, case, "participant_removed")) == 1
    assert una.open(f"/cases/{case}").status_code == 410
    api.post(f"/case/{case}/messages", {"from": BEN, "message": "Hello?"})
    work()
    assert len(outside.inbox(UNA)) == before


@pytest.mark.parametrize("act", ["close", "reopen", "mute", "unmute", "leave"])
def test_a_form_of_another_site_does_nothing(api: Api, case: str, una: Browser, act: str) -> None:
    before = api.get("/events?limit=200").json["items"]
    page = una.post(f"/cases/{case}/{act}")
    assert "press the button once more" in page.text
    assert una.client.get(f"/cases/{case}/{act}").status_code == 405
    assert api.get("/events?limit=200").json["items"] == before


def test_without_her_link_nobody_does_anything(app: Flask, api: Api, case: str) -> None:
    eve = Browser(app)
    for act in ("close", "reopen", "mute", "unmute", "leave"):
        assert eve.post(f"/cases/{case}/{act}").status_code == 404
    assert eve.open(f"/cases/{case}/download").status_code == 404


@on_both
def test_she_takes_her_case_away_with_its_files_and_without_notes(
    app: Flask, api: Api, case: str, una: Browser
) -> None:
    posted(app, case, BEN, a_file("plan.txt", b"The plan."), a_file("plan.txt", b"Another."), text=f"Ask {AMY}.")
    api.post(f"/case/{case}/notes", {"from": BEN, "note": "She is angry."})
    answer = una.client.get(f"/cases/{case}/download", buffered=True)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="case-')
    with ZipFile(BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["case.txt", "plan.txt", "plan (2).txt"]
        text = archive.read("case.txt").decode()
        assert archive.read("plan (2).txt") == b"Another."
    assert "It is over there!" in text
    assert "Ben (Support)" in text
    assert "[plan.txt]" in text
    assert not [one for one in (AMY, BEN, "angry") if one in text]


def test_only_so_many_downloads_of_one_link_are_made_at_once(case: str, una: Browser) -> None:
    path = f"/cases/{case}/download"
    begun = [una.client.get(path) for _ in range(2)]
    answer = una.client.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "Please try again in a moment." in answer.text
    for one in begun:
        one.close()
    assert una.client.get(path, buffered=True).status_code == 200


def test_she_answers_with_files_under_their_names(app: Flask, api: Api, case: str, una: Browser) -> None:
    files = [(BytesIO(b"one"), "räksmörgås.txt"), (BytesIO(b"two"), "b.pdf"), (BytesIO(b""), "")]
    page = una.submit(message="See these.", files=files)
    assert page.status_code == 200
    message = api.get(f"/case/{case}").json["messages"][-1]
    assert [one["name"] for one in message["attachments"]] == ["räksmörgås.txt", "b.pdf"]


def test_files_that_are_too_large_are_refused_beside_their_field(api: Api, case: str, una: Browser) -> None:
    form = dict(
        re.findall(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)"', una.open(f"/cases/{case}").text)
    )
    film = FileStorage(BytesIO(b"x" * (25 * 1024 * 1024 + 1)), "film.mp4")
    # Encoded here, since the client leaves large ones in files that it does not close.
    boundary, body = encode_multipart({**form, "message": "A film.", "files": film})
    kind = f'multipart/form-data; boundary="{boundary}"'
    page = una.client.post(f"/cases/{case}", data=body, content_type=kind)
    assert page.status_code == 422
    assert "A file must be at most 25 MB large." in page.text
    assert "A film.</textarea>" in page.text
    assert len(api.get(f"/case/{case}").json["messages"]) == 1


def test_what_is_larger_than_any_answer_is_refused_on_the_page(case: str, una: Browser) -> None:
    page = una.client.post(f"/cases/{case}", environ_overrides={"CONTENT_LENGTH": str(53 * 1024 * 1024)})
    assert page.status_code == 413
    assert "The files are too large. Your message was not sent." in page.text


@on_both
def test_a_long_history_comes_page_by_page(app: Flask, case: str, una: Browser) -> None:
    posted_often(app, case, UNA, times=120, address=AMY)
    page = una.open(f"/cases/{case}").text
    seen = [page.count("<article>")]
    while earlier := [part for part in page.split('"') if "?before=" in part]:
        page = una.client.get(earlier[0]).text
        seen.append(page.count("<article>"))
        assert "Go to the latest messages" in page
        assert "<textarea" not in page
    assert seen == [20, 20, 20, 20, 20, 20, 1]
    assert "It is over there!" in page


@pytest.mark.parametrize("before", ["0", "-1", "x", "99999999999999999999"])
def test_an_impossible_place_in_the_history_is_no_trouble(case: str, una: Browser, before: str) -> None:
    assert una.client.get(f"/cases/{case}?before={before}").status_code == 200


def test_the_page_is_in_the_language_of_its_reader(case: str, una: Browser) -> None:
    page = una.client.get(f"/cases/{case}", headers={"Accept-Language": "ru, en;q=0.5"}).text
    assert '<html lang="ru" dir="ltr">' in page
    assert "Закрыть обращение" in page
    refused = una.client.post(f"/cases/{case}", headers={"Accept-Language": "de"}).text
    assert "Bitte schreiben Sie zuerst etwas." in refused
