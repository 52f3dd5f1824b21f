"""Who a mail is from: one sender, read in one way only; everything else is held."""

import pytest
from flask import Flask

from app.mail.reading.parsing import parse
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside


@pytest.mark.parametrize(
    "written",
    [
        UNA, f"<{UNA}>", f"Una <{UNA.upper()}>", f'"Customer, Una (at home)" <{UNA}>', f"{UNA} (Una)", f"(Una) {UNA}",
        f"Una Q. Customer <{UNA}>", f"=?utf-8?q?=C3=9Cna?= <{UNA}>", f"=?utf-8?q?=C3=9Cna?=<{UNA}>", f"Üna <{UNA}>",
        f"Una\r\n <{UNA}>", f'"{BEN}" <{UNA}>', f"Una < {UNA} > (at home)",
    ],
)  # fmt: skip
def test_every_good_way_to_write_a_sender_is_understood(
    app: Flask, api: Api, work: Worker, outside: Outside, written: str
) -> None:
    outside.send(f"From: {written}\r\nSubject: Hi\r\nMessage-ID: <1@x.test>\r\n\r\nHi".encode())
    work()
    assert [row.outcome for row in inbound(app)] == ["opened"]
    assert api.get(f"/case/{cases(app)[0].uuid}").json["creator"]["email"] == UNA


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "no_sender"),
        (["From:"], "no_sender"),
        (["From: <>"], "no_sender"),
        (["From: Una"], "no_sender"),
        ([f"From: {UNA}, {EVE}"], "two_senders"),
        ([f"From: {UNA}", f"From: {EVE}"], "two_senders"),
        ([f"From: friends: {UNA};"], "two_senders"),
        (["From: undisclosed-recipients:;"], "no_sender"),
        (["From: =?utf-8?q?evil=40attacker=2Etest=3E=20?=foo@victim.example"], "sender_ambiguous"),
        (["From: ben@team.test <una@customer.test>"], "sender_ambiguous"),
        (["From: <una@customer.test> <eve@stranger.test>"], "sender_ambiguous"),
        ([f"From: {'u' * 400}@x.test"], "sender_too_long"),
        (["From: a@b@c"], "no_sender"),
        (["From: \x00@x.test"], "address_refused"),
    ],
)
def test_a_mail_without_exactly_one_good_sender_is_held(
    app: Flask, cast: Cast, work: Worker, outside: Outside, lines: list[str], reason: str
) -> None:
    outside.send("\r\n".join([*lines, "Subject: Hi", "Message-ID: <1@x.test>", "", "Hi"]).encode())
    work()
    assert [(row.outcome, row.reason) for row in inbound(app)] == [("held", reason)]
    assert cases(app) == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"=?x-unknown?q?=DCna?= <una@customer.test>", "Üna"),
        (b"=?koi8?b?9c7B?= <una@customer.test>", "Уна"),
        ("Üna <una@customer.test>".encode("cp1252"), "Üna"),
        ('"Üna, at home" <una@customer.test>'.encode(), "Üna, at home"),
        (b"una@customer.test", ""),
    ],
)
def test_a_name_is_read_even_where_its_charset_is_broken(written: bytes, name: str) -> None:
    found = parse(b"From: " + written + b"\r\n\r\nHi")
    assert (found.sender, found.sender_name) == (UNA, name)
