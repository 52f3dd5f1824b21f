"""What a report says is read from it, whichever system wrote it; what is no report is not taken for one."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.mail.models import Rejection
from app.mail.reading.incoming import Report
from app.mail.reading.reports.report import read_report
from app.mail.sending.delivering.rejections import why
from tests.letters import letter
from tests.mail.deciding.bounces.corpus import CORPUS, SAMPLES, UNA, Sample

SIGNATURE = "abcdefghijklmnopqrst"
ID, EARLIER = f"<c.1.2.nonce2.{SIGNATURE}@casey.test>", f"<c.1.2.nonce1.{SIGNATURE}@casey.test>"
ANCHOR = f"<c.1.2.0.{SIGNATURE}@casey.test>"
BOUNCE = "This is the mail system at host mx.far.test.\n\nYour message could not be delivered: 550 5.1.1 User unknown"


def report_in(raw: bytes) -> Report | None:
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return read_report(mail)


def read(sample: Sample) -> Report:
    report = report_in(sample.written(id=ID, earlier=EARLIER, anchor=ANCHOR))
    assert report is not None
    return report


def test_the_table_names_every_file() -> None:
    assert sorted(one.name for one in SAMPLES) == sorted(path.stem for path in CORPUS.glob("*.eml"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_report_is_understood(sample: Sample) -> None:
    report = read(sample)
    assert (report.kind, report.action, report.status) == ("delivery", sample.action, sample.status)
    if sample.action == "failed":
        assert why(report.status, report.words) is Rejection(sample.kind)
    assert ID in report.ids or (sample.found_by == "reader" and ANCHOR in report.ids)
    assert EARLIER not in report.ids
    assert len(report.words) <= 1000


def test_the_words_are_those_of_the_other_server() -> None:
    words = {sample.name: read(sample).words for sample in SAMPLES}
    assert words["postfix-unknown-user-original"] == (
        f"550 5.1.1 <{UNA}>: Recipient address rejected: User unknown in virtual mailbox table"
    )
    assert words["qmail-unknown-user-text"] == f"<{UNA}>: Sorry, no mailbox here by that name. (#5.1.1)"
    assert words["exim-unrouteable-report"].endswith("Unrouteable address")
    assert words["m365-blocked-french"] == "550 5.7.606 Access denied, banned sending IP [192.0.2.9]."


def test_the_recipients_are_named() -> None:
    names = {sample.name: read(sample).recipients for sample in SAMPLES}
    assert names["postfix-unknown-user-original"] == names["exim-unknown-user-text"] == (UNA,)


def test_of_several_recipients_the_one_that_failed_counts() -> None:
    fields = (
        b"Reporting-MTA: dns; mx.far.test\n\nFinal-Recipient: rfc822; a@far.test\nAction: relayed\nStatus: 2.0.0\n\n"
        b"Final-Recipient: rfc822; b@far.test\nAction: delivered\nStatus: 2.0.0\n\n"
        b"Final-Recipient: rfc822; c@far.test\nAction: failed\nStatus: 5.1.1\n"
    )
    head = b"From: mailer-daemon@far.test\nContent-Type: multipart/report; boundary=b\n\n"
    report = report_in(head + b"--b\nContent-Type: message/delivery-status\n\n" + fields + b"\n--b--\n")
    assert report
    assert (report.action, report.status, report.recipients) == ("failed", "5.1.1", ("c@far.test",))


@pytest.mark.parametrize(
    "content_type", ["message/disposition-notification", "message/feedback-report", "message/delivery-status"]
)
def test_a_receipt_a_complaint_and_the_word_of_a_relay_are_other_reports(content_type: str) -> None:
    head = f"From: una@customer.test\nContent-Type: multipart/report; boundary=b\n\n--b\nContent-Type: {content_type}\n"
    fields = "\nFinal-Recipient: rfc822; una@customer.test\nAction: relayed\nDisposition: manual-action; displayed\n"
    report = report_in(f"{head}{fields}\n--b--\n".encode())
    assert report
    assert report.kind == "other"


QUOTING = [
    letter(UNA, "What is this?", f"Hi, I got this:\n\n{BOUNCE}\n\nMessage-ID: {ID}"),
    letter(UNA, "Fwd: Undelivered Mail Returned to Sender", BOUNCE),
    letter("postmaster@customer.test", "Re: Undeliverable: Hello", BOUNCE),
    letter("postmaster@customer.test", "Undeliverable?", BOUNCE, Return_Path="<postmaster@customer.test>"),
    letter(UNA, "I am on the beach", f"Back in May.\n\n> {BOUNCE}", Auto_Submitted="auto-replied", Return_Path="<>"),
    letter(UNA, "Out of office", "No message to me could be delivered.", Auto_Submitted="auto-replied"),
    letter("mailer-daemon@far.test", "The weekly figures", "Everything is fine."),
]


@pytest.mark.parametrize("mail", QUOTING, ids=lambda mail: mail["Subject"])
def test_what_only_speaks_of_a_report_is_none(mail: EmailMessage) -> None:
    assert report_in(mail.as_bytes()) is None


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_report_that_a_person_passes_on_is_his_mail(sample: Sample) -> None:
    report = message_from_bytes(sample.written(id=ID, earlier=EARLIER, anchor=ANCHOR), policy=default)
    mail = letter(UNA, "Fwd: Undeliverable", "What is this?")
    mail.add_attachment(report)
    assert report_in(mail.as_bytes()) is None


HEAD = b"From: mailer-daemon@far.test\nSubject: failure notice\nReturn-Path: <>\n"


@settings(deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 3000), st.binary(max_size=30))
@example(SAMPLES[0], 0, b"Content-Type: multipart/report; boundary=\xff\n")
@example(SAMPLES[0], 0, b"Content-Transfer-Encoding: base64\n")
def test_no_report_is_so_malformed_that_reading_fails(sample: Sample, place: int, noise: bytes) -> None:
    raw = sample.written(id=ID, earlier=EARLIER, anchor=ANCHOR)
    report_in(raw[:place] + noise + raw[place:])
    report_in(raw[:place])
    report_in(HEAD + noise + raw[place:])
