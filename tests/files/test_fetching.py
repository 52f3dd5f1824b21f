"""Fetching files from addresses: nothing but the public web is reached, and whatever is wrong sounds the same."""

from contextlib import ExitStack

import pytest
from flask import Flask

from app.files import fetching
from app.files.fetching import Fetched, Unfetchable
from app.files.storing import store
from app.patience import Patience
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.files.web import CONTENT, OTHER, PUBLIC, Web
from tests.storage import contents


def fetch(url: str, seconds: float = 10.0) -> Fetched:
    with Patience(seconds) as patience:
        return fetching.fetch(url, patience)


@pytest.mark.usefixtures("context")
def test_a_file_is_fetched_from_the_address_that_was_looked_at(web: Web) -> None:
    found = fetch("http://files.test/some/notes%20of%20una.txt")
    assert (found.name, found.content_type) == ("notes of una.txt", "text/plain; charset=utf-8")
    with transaction():
        assert store(found.content).size == len(CONTENT)
    assert web.reached == [PUBLIC]
    [(_, headers)] = web.asked
    assert headers["Host"] == "files.test"
    assert {"Authorization", "Cookie"} & headers.keys() == set()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "168.63.129.16",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
    ],
)
@pytest.mark.parametrize("beside", [[], [PUBLIC]])
def test_a_name_that_leads_to_us_is_not_followed(web: Web, address: str, beside: list[str]) -> None:
    web.names["files.test"] = [*beside, address]
    for url in ("http://files.test/some/notes%20of%20una.txt", f"http://{_in_url(address)}/"):
        with pytest.raises(Unfetchable):
            fetch(url)
    assert web.reached == []


def _in_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


@pytest.mark.parametrize(
    "url",
    [
        "http://files.test:8080/",
        "http://files.test:22/",
        "https://files.test:8443/",
        "ftp://files.test/",
        "file:///etc/passwd",
        "gopher://files.test:80/",
        "//files.test/",
        "files.test",
        "",
        "http://",
        "http:///x",
        "http://una:secret@files.test/some/notes%20of%20una.txt",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://files.test\\@127.0.0.1/",
        "http://127.0.0.1\\@files.test/",
        "http://files.test:99999/",
        "http://nowhere.test/",
        "http://[::1",
        "http://files.test/not-there",
    ],
)
def test_an_address_that_is_none_of_the_web_is_refused(web: Web, url: str) -> None:
    with pytest.raises(Unfetchable):
        fetch(url)
    assert set(web.reached) <= {PUBLIC}


@pytest.mark.usefixtures("context")
def test_redirects_are_followed_three_times_and_each_is_looked_at(web: Web) -> None:
    web.names["other.test"] = [OTHER]
    web.names["inside.test"] = ["10.0.0.1"]
    hop = {f"/{number}": (302, {"Location": f"http://other.test/{number - 1}"}, []) for number in range(1, 5)}
    web.answers |= {**hop, "/0": (200, {}, [CONTENT]), "/in": (302, {"Location": "http://inside.test/"}, [])}
    assert fetch("http://files.test/3").content.size == len(CONTENT)
    assert web.reached == [PUBLIC, OTHER, OTHER, OTHER]
    for url in ("http://files.test/4", "http://files.test/in"):
        with pytest.raises(Unfetchable):
            fetch(url)
    assert "10.0.0.1" not in web.reached


@pytest.mark.usefixtures("context")
def test_what_is_too_large_is_given_up(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 100)
    web.answers |= {"/large": (200, {}, [b"x" * 101]), "/just": (200, {}, [b"x" * 100])}
    assert fetch("http://files.test/just").content.size == 100
    with pytest.raises(Unfetchable):
        fetch("http://files.test/large")


@pytest.mark.usefixtures("context")
def test_what_takes_too_long_is_given_up(web: Web) -> None:
    with pytest.raises(Unfetchable):
        fetch("http://files.test/some/notes%20of%20una.txt", seconds=0.0)


def test_a_message_is_posted_with_what_is_at_an_address(api: Api, web: Web) -> None:
    case, urls = api.opened(UNA)["uuid"], ["http://files.test/some/notes%20of%20una.txt"]
    answer = api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Hi", "attachment_urls": urls})
    assert [one["name"] for one in answer.json["attachments"]] == ["notes of una.txt"]
    assert [one["content_type"] for one in answer.json["attachments"]] == ["text/plain"]


def test_deskies_messages_and_notes_bring_what_is_at_an_address(app: Flask, cast: Cast, web: Web) -> None:
    deskie = Deskie(app.test_client(), cast.ben.email, cast.keys["ben"])
    case, urls = deskie.opened(UNA)["case_id"], ["http://files.test/some/notes%20of%20una.txt"]
    for kind, path in (("message", "messages"), ("note", "note")):
        said = {kind: {"content": "Hi", "attachment_urls": urls}}
        [file] = deskie.post(f"/cases/{case}/{path}.json", said).json["message"]["attachments"]
        assert (file["file_name"], file["file_size"]) == ("notes of una.txt", len(CONTENT))


def test_whatever_is_wrong_with_an_address_it_is_said_in_one_sentence(app: Flask, api: Api, web: Web) -> None:
    case, good = api.opened(UNA)["uuid"], "http://files.test/some/notes%20of%20una.txt"
    before = contents(app)
    for url in ("http://127.0.0.1/", "http://files.test/not-there", "ftp://files.test/", "http://nowhere.test/"):
        body = {"from": BEN, "message": "Hi", "attachment_urls": [good, url]}
        answer = api.post(f"/cases/{case}/messages", body)
        assert (answer.status_code, answer.json["field"]) == (422, "attachment_urls.1")
        assert answer.json["errors"][0]["detail"] == "The file at this address could not be fetched."
    assert contents(app) == before


def test_a_repeated_call_fetches_nothing_again(api: Api, web: Web) -> None:
    case, urls = api.opened(UNA)["uuid"], ["http://files.test/some/notes%20of%20una.txt"]
    body = {"from": BEN, "message": "Hi", "attachment_urls": urls}
    key = {"Idempotency-Key": "fetch-1"}
    first, again = (api.post(f"/cases/{case}/messages", body, headers=key) for _ in range(2))
    assert again.json == first.json
    assert len(web.asked) == 1


def test_whoever_answers_slowly_does_not_get_every_thread(
    app: Flask, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "LONGEST_WAIT", 0.01)
    with app.app_context(), ExitStack() as slow:
        for _ in range(fetching.MOST_AT_ONCE):
            slow.enter_context(fetching.places)
        with pytest.raises(Unfetchable):
            fetch("http://files.test/some/notes%20of%20una.txt")
        assert web.asked == []
        slow.close()
        for _ in range(fetching.MOST_AT_ONCE + 1):
            assert fetch("http://files.test/some/notes%20of%20una.txt").content.size == len(CONTENT)
        with pytest.raises(Unfetchable):
            fetch("http://files.test/nothing")
        assert fetching.places.acquire(blocking=False)
        fetching.places.release()
