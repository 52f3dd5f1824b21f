"""To whom a mail was sent: every address at which it may have arrived, and the people in To and Cc."""

import pytest

from app.mail.reading.incoming import Incoming, Named
from app.mail.reading.parsing import parse


def sent(*lines: str) -> Incoming:
    return parse("\r\n".join(["From: una@customer.test", *lines, "", "Hi"]).encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("header", ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"])
def test_an_address_is_found_in_every_header_that_can_name_it(header: str) -> None:
    mail = sent(f"{header}: Casey <Support+Token@Casey.test>")
    assert mail.recipients == ("support+token@casey.test",)


def test_other_headers_name_no_recipients() -> None:
    assert sent("Reply-To: eve@stranger.test", "Bcc: eve@stranger.test", "X-To: eve@stranger.test").recipients == ()


def test_an_address_counts_once() -> None:
    mail = sent("To: ben@team.test", "Delivered-To: BEN@team.test", "To: amy@team.test")
    assert mail.recipients == ("ben@team.test", "amy@team.test")


@pytest.mark.parametrize(
    "written",
    ["a@b@support@casey.test", "<<support@casey.test>", "friends: support@casey.test;", "(support@casey.test",
     '"support@casey.test', "\udcff support@casey.test", "=?utf-8?q?x?= <support@casey.test"],
)  # fmt: skip
def test_an_address_is_found_in_a_malformed_header(written: str) -> None:
    assert any(address.endswith("support@casey.test") for address in sent(f"To: {written}").recipients)


def test_people_in_to_and_cc_are_known_by_name() -> None:
    mail = sent(
        'To: "Ben, of the team" <ben@team.test>, =?utf-8?q?=C3=84my?= <AMY@team.test>',
        "Cc: eve@stranger.test (Eve), friends: olga@team.test;, <>, nobody, una@customer.test,",
        "Delivered-To: support@casey.test",
    )
    assert mail.copied == (
        Named("ben@team.test", "Ben, of the team"),
        Named("amy@team.test", "Ämy"),
        Named("eve@stranger.test", "Eve"),
        Named("olga@team.test"),
        Named("una@customer.test"),
    )


def test_of_very_many_people_the_first_ones_are_known() -> None:
    mail = sent("Cc: " + ", ".join(f"P{n} <p{n}@x.test>" for n in range(3_000)))
    assert (len(mail.recipients), mail.recipients[0]) == (500, "p0@x.test")
    assert (len(mail.copied), mail.copied[0]) == (100, Named("p0@x.test", "P0"))


def test_a_header_that_cannot_be_read_names_addresses_all_the_same() -> None:
    mail = sent("To: ben@team.test " + "(" * 5_000)
    assert mail.copied == (Named("ben@team.test"),)
