"""Mail over HTTP: raw messages as the body."""

from tests.api_client import Api
from tests.cast import UNA
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
