"""Mail over HTTP: raw messages as the body."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import event

from app.extensions import db
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA
from tests.conftest import Worker, on_both
from tests.letters import letter


def test_a_raw_mail_is_taken_in_and_decided_later(api: Api, work: Worker) -> None:
    raw = letter(UNA, "It is broken", "Please help.").as_bytes()
    answer = api.post("/inbound", data=raw, content_type="message/rfc822")
    assert answer.status_code == 202
    assert (answer.json["outcome"], answer.json["case"], answer.json["size"]) == (None, None, len(raw))
    assert answer.json["message_id"].endswith("@customer.test>")
    work()
    [case] = api.get("/cases").json["items"]
    assert (case["subject"], case["creator"]["email"], case["channel"]) == ("It is broken", UNA, "mail")


def test_the_same_mail_twice_opens_one_case(api: Api, work: Worker) -> None:
    raw = letter(UNA, "It is broken", "Please help.").as_bytes()
    for _ in range(2):
        assert api.post("/inbound", data=raw).status_code == 202
    work()
    assert len(api.get("/cases").json["items"]) == 1


@on_both
def test_every_sequence_of_bytes_is_taken_as_a_mail(api: Api, work: Worker) -> None:
    strange = [
        b"\x00",
        b"\xff\xfe\xfd" * 100,
        b"From: una@customer.test\r\nMessage-ID: <a\x00b@c>\r\nSubject: \x00\r\n\r\n\x00",
        b"Message-ID: <" + b"a" * 5000 + b"@c>\r\n\r\nhi",
        b"Message-Id: <<x@y>\r\nFrom: <<una@customer.test>\r\n\r\nhi",
        b'{"from": "una@customer.test"}',
    ]
    for raw in strange:
        assert api.post("/inbound", data=raw).status_code == 202, raw[:40]
    work()


def test_nothing_is_no_mail(api: Api) -> None:
    for raw in (b"", b" \r\n"):
        answer = api.post("/inbound", data=raw)
        assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_a_mail_that_is_too_large_is_refused_before_it_is_read(api: Api) -> None:
    answer = api.post("/inbound", data=b"", environ_overrides={"CONTENT_LENGTH": str(35 * 1024 * 1024 + 1)})
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_what_became_of_a_mail_can_be_asked_for(api: Api, work: Worker) -> None:
    taken = api.post("/inbound", data=letter(UNA, "It is broken", "Please help.").as_bytes()).json
    assert api.get(f"/inbound/{taken['uuid']}").json == taken
    work()
    found = api.get(f"/inbound/{taken['uuid']}").json
    [case] = api.get("/cases").json["items"]
    assert (found["outcome"], found["case"]) == ("opened", case["uuid"])
    assert api.get(f"/inbound/{case['uuid']}").status_code == 404


def test_who_wrote_a_mail_and_what_came_of_it_is_shown(api: Api, work: Worker) -> None:
    taken = api.post("/inbound", data=letter(f"Una <{UNA}>", "It is broken", "Please help.").as_bytes()).json
    assert [taken[name] for name in ("from", "name", "subject", "message", "attempts")] == [None, None, None, None, 0]
    work()
    found = api.get(f"/inbound/{taken['uuid']}").json
    [message] = api.get(f"/cases/{found['case']}").json["messages"]
    shown = [found[name] for name in ("from", "name", "subject", "message", "attempts")]
    assert shown == [UNA, "Una", "It is broken", message["uuid"], 1]


def test_the_raw_mail_is_had_byte_for_byte(api: Api, work: Worker) -> None:
    raw = b"From: una@customer.test\nSubject: odd\r\n\r\n\x00\xff line\r ends\n"
    taken = api.post("/inbound", data=raw).json
    work()
    answer = api.get(f"/inbound/{taken['uuid']}/raw")
    assert (answer.status_code, answer.data, answer.content_type) == (200, raw, "message/rfc822")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{taken["uuid"]}.eml"'
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert api.get(f"/inbound/{api.opened(UNA)['uuid']}/raw").status_code == 404


def test_the_list_costs_the_same_however_long_it_is(app: Flask, api: Api, work: Worker) -> None:
    costs = []
    for _ in range(2):
        for number in range(4):
            api.post("/inbound", data=letter(f"una{number}@customer.test", "It is broken", "Help.").as_bytes())
        work()
        costs.append(queries(app, lambda: api.get("/inbound")))
    assert costs[0] == costs[1]


def queries(app: Flask, act: Callable[[], object]) -> int:
    """How many statements something costs."""
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    listener = lambda *about: asked.append(about[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    act()
    event.remove(engine, "before_cursor_execute", listener)
    return len(asked)


def test_mails_are_listed_by_what_became_of_them_from_the_newest_back(api: Api, work: Worker) -> None:
    for sender in (UNA, BEN, EVE, BEN):
        api.post("/inbound", data=letter(sender, "It is broken", "Please help.").as_bytes())
    work()
    held = api.get("/inbound?outcome=held&limit=1").json
    rest = api.get(f"/inbound?outcome=held&limit=1&cursor={held['next']}").json
    assert [one["reason"] for one in held["items"] + rest["items"]] == ["from_team_without_case"] * 2
    assert held["items"] != rest["items"]
    assert len(api.get("/inbound").json["items"]) == 4
    assert api.get("/inbound?outcome=lost").status_code == 422
