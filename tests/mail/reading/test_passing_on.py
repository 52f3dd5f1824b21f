"""Mails that pass on somebody else's: recognised by their subject, or by the mail that they carry."""

import pytest

from app.mail.reading.incoming import Forward, Named
from app.mail.reading.parsing import parse

HEAD = "From: ben@team.test\r\nMessage-ID: <1@x.test>\r\n"
TEXT = (
    "Please look.\n\n---------- Forwarded message ---------\nFrom: Una Customer <una@customer.test>\n"
    "Date: Mon, 1 Jun 2026 at 10:00\nSubject: Broken\nTo: <ben@team.test>\n\nIt is broken.\n"
)
CARRIED = "From: Una Customer <Una@customer.test>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nIt is broken.\r\n"


def forward_of(subject: str, text: str = TEXT) -> Forward | None:
    return parse(f"{HEAD}Subject: {subject}\r\n\r\n{text}".encode()).forward


def carrying(inner: str, kind: str = "mixed") -> Forward | None:
    parts = f"--b\r\n\r\nPlease look.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    return parse(f"{HEAD}Content-Type: multipart/{kind}; boundary=b\r\n\r\n{parts}".encode()).forward


@pytest.mark.parametrize(
    "prefix", ["Fwd: ", "FW: ", "fwd:", "WG: ", "TR : ", "RV: ", "ENC: ", "VB: ", "VS: ", "[list] Fwd: ", "转发: "]
)  # fmt: skip
def test_a_subject_tells_that_a_mail_is_passed_on(prefix: str) -> None:
    found = forward_of(f"{prefix}Broken")
    assert found
    assert (found.sender, found.subject, found.text) == (
        Named("una@customer.test", "Una Customer"),
        "Broken",
        "It is broken.",
    )
    assert TEXT[: found.comment_end].strip() == "Please look."


@pytest.mark.parametrize("subject", ["Broken", "Re: Fwd: Broken", "Forward planning", "Transit: late", "Fwd"])
def test_other_subjects_do_not(subject: str) -> None:
    assert forward_of(subject) is None


def test_a_subject_alone_does_not_either() -> None:
    assert forward_of("Fwd: Broken", "Please look.") is None


def test_a_mail_that_is_carried_tells_itself_who_wrote_it() -> None:
    assert carrying(CARRIED) == Forward(Named("una@customer.test", "Una Customer"), "Grüße", "It is broken.", 12)


@pytest.mark.parametrize("inner", ["Subject: nobody's\r\n\r\nHi", "From: a@x.test, b@x.test\r\n\r\nHi", "", "From: x"])
def test_a_carried_mail_without_a_sender_is_only_a_file(inner: str) -> None:
    assert carrying(inner) is None


def test_a_mail_that_comes_back_is_a_report_and_not_passed_on() -> None:
    report = "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.x.test\r\n\r\n"
    report += "Final-Recipient: rfc822; una@customer.test\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    report += f"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <c1@casey.test>\r\n{CARRIED}\r\n--b--\r\n"
    head = (
        "From: mailer-daemon@x.test\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    )
    mail = parse((head + report).encode())
    assert mail.forward is None
    assert mail.report
    assert (mail.report.status, mail.report.ids) == ("5.1.1", ("<c1@casey.test>",))
