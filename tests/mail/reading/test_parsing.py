"""Reading a mail: nothing a sender writes makes it fail, and nothing he writes is lost."""

from collections.abc import Iterator
from dataclasses import asdict
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mail.reading.incoming import Incoming
from app.mail.reading.parsing import message_id_of, parse
from tests.scale import up_to

HEAD = b"From: una@customer.test\r\nSubject: Hi\r\nMessage-ID: <1@x.test>\r\n"


def texts_in(value: Any) -> Iterator[str]:
    """Every text in what was read."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for text in texts_in(pair))
    elif isinstance(value, list | tuple):
        yield from (text for one in value for text in texts_in(one))


def storable(mail: Incoming) -> bool:
    """Whether a database takes every text of it."""
    texts = "".join(texts_in(asdict(mail)))
    texts.encode()  # refuses lone surrogates
    return "\x00" not in texts


def test_an_ordinary_mail() -> None:
    mail = EmailMessage()
    mail["From"] = "Una Customer <Una@Customer.test>"
    mail["Subject"] = "Größe"
    mail["Message-ID"] = "<1@x.test>"
    mail["In-Reply-To"] = "<2@x.test>"
    mail["References"] = "<3@x.test> <2@x.test>"
    mail.set_content("Schöne Grüße\n")
    found = parse(mail.as_bytes())
    assert (found.sender, found.sender_name, found.sender_problem) == ("una@customer.test", "Una Customer", None)
    assert (found.subject, found.message_id, found.text) == ("Größe", "<1@x.test>", "Schöne Grüße")
    assert (found.in_reply_to, found.references) == (("<2@x.test>",), ("<3@x.test>", "<2@x.test>"))


@pytest.mark.parametrize("written", ["<<x@y", "<x@y", "x@y", "", "<>", "<a b@c>", "=?utf-8?q?x?="])
def test_a_message_id_that_is_none_becomes_one_from_the_hash(written: str) -> None:
    raw = f"From: una@customer.test\r\nMessage-Id: {written}\r\n\r\nHi".encode()
    assert parse(raw).message_id.endswith("@missing.invalid>")
    assert parse(raw).message_id == message_id_of(raw)


@pytest.mark.parametrize(
    "head",
    [
        b"Message-ID: <1@x.test>\r\n\r\n", b"message-id:<1@x.test>\n\n", b"Message-ID:\r\n <1@x.test>\r\n\r\n",
        b"Message-ID: (c) <1@x.test> <2@x.test>\r\n\r\n", b"X: \xff\r\nMessage-ID: <1@x.test>",
    ],
)  # fmt: skip
def test_a_message_id_is_found(head: bytes) -> None:
    assert message_id_of(head + b"Message-ID: <body@x.test>\r\n") == "<1@x.test>"


def test_nul_and_lone_surrogates_become_storable() -> None:
    mail = parse(HEAD + b"X-Odd: a\x00b\r\n\r\nnul \x00 surrogate \xed\xa0\x80 end")
    assert storable(mail)
    assert mail.text.startswith("nul \ufffd surrogate")
    assert storable(parse(b"From: \x00\xed\xa0\x80@x.test\r\nSubject: \x00\r\nMessage-ID: <\x00@x>\r\n\r\n"))


def test_of_two_alternatives_the_plain_one_is_read() -> None:
    mail = EmailMessage()
    mail.set_content("plain")
    mail.add_alternative("<p>html</p>", subtype="html")
    assert parse(mail.as_bytes()).text == "plain"


def test_where_the_plain_alternative_is_empty_the_other_is_read() -> None:
    mail = EmailMessage()
    mail.set_content("\n")
    mail.add_alternative("<p>html</p>", subtype="html")
    assert parse(mail.as_bytes()).text == "html"


def test_every_text_of_a_nested_mail_is_read_and_attachments_are_not() -> None:
    inner = EmailMessage()
    inner.set_content("first")
    inner.add_alternative("<p>first</p>", subtype="html")
    inner.make_mixed()
    inner.add_attachment(b"\x00\x01", maintype="application", subtype="pdf", filename="a.pdf")
    inner.add_attachment("in a file", filename="b.txt")
    inner.attach(_part("second"))
    assert parse(inner.as_bytes()).text == "first\n\nsecond"


def _part(text: str) -> EmailMessage:
    part = EmailMessage()
    part.set_content(text)
    return part


@pytest.mark.parametrize(
    ("content_type", "encoding", "body"),
    [
        ("text/plain", "base64", b"!!!! not base64 !!!!"),
        ("text/plain", "base64", b"YWJj\r\nYWJ"),
        ("text/plain", "quoted-printable", b"=ZZ = =\r\n=3"),
        ("text/plain", "x-uuencode", b"begin 644 x\r\n!!!!\r\n"),
        ("text/plain", "no-such-encoding", b"Hello"),
        ("multipart/mixed", "7bit", b"no boundary was given"),
        ("multipart/mixed; boundary=x", "7bit", b"--x\r\n--x\r\n--x"),
        ("multipart/mixed; boundary=x", "base64", b"--x\r\n\r\nHello"),
        ("multipart/alternative; boundary=x", "7bit", b"--x--"),
        ("message/rfc822", "7bit", b"Subject: inner\r\n\r\ninner"),
        ("message/delivery-status", "7bit", b"\r\n\r\n\r\n"),
        ("text", "7bit", b"Hello"),
        ("/;;;=", "7bit", b"Hello"),
        ('text/html; charset="', "7bit", b"<<<>>><p"),
    ],
)
def test_broken_mime_is_read_as_far_as_it_goes(content_type: str, encoding: str, body: bytes) -> None:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    assert storable(parse(HEAD + head + body))


@pytest.mark.parametrize(
    "raw", [b"", b"\r\n", b"\r\n\r\n", b"no header at all", b":\r\n:\r\n", b"\xff\xfe\x00", b"From"]
)
def test_hardly_a_mail_is_read(raw: bytes) -> None:
    mail = parse(raw)
    assert storable(mail)
    assert (mail.sender, bool(mail.sender_problem)) == (None, True)


def test_very_long_headers_are_read() -> None:
    long = b"x" * 200_000
    mail = parse(b"X-Long: " + long + b"\r\n" + HEAD.replace(b"Hi", b"Hi " + long) + b"\r\nHello")
    assert (len(mail.subject), mail.text, mail.sender) == (500, "Hello", "una@customer.test")
    assert parse(HEAD.replace(b"una@", b"u" * 5000 + b"@") + b"\r\n").sender_problem == "sender_too_long"
    assert len(parse(b"Message-ID: <" + long + b"@x>\r\n\r\n").message_id) < 100


def test_a_multipart_without_its_boundary_is_all_text() -> None:
    assert parse(HEAD + b"Content-Type: multipart/mixed\r\n\r\nStill here").text == "Still here"
    assert parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\nStill here").text == "Still here"


def test_old_line_ends_are_lines_too() -> None:
    assert parse(HEAD + b"\r\none\rtwo\nthree\r\nfour").text == "one\ntwo\nthree\nfour"


def test_what_is_quoted_is_told_by_offsets_over_all_texts_of_a_mail() -> None:
    mail = EmailMessage()
    mail.set_content("New\n\nOn Mon, 1 Jun 2026 at 10:00, Ben <ben@team.test> wrote:\n> old\n")
    mail.make_mixed()
    mail.attach(_part("Further"))
    found = parse(mail.as_bytes())
    assert "> old" in found.text
    assert "> old" not in found.answer
    assert found.answer.startswith("New")
    assert found.answer.endswith("Further")


def test_of_many_references_the_last_ones_are_kept() -> None:
    ids = b" ".join(b"<%d@x.test>" % number for number in range(5_000))
    found = parse(HEAD + b"References: " + ids + b"\r\n\r\n").references
    assert (len(found), found[-1]) == (200, "<4999@x.test>")


PIECES = [
    b"From: ", b"Subject: ", b"Message-ID: ", b"In-Reply-To: ", b"References: ", b"Content-Type: ", b"Date: ", b"To: ",
    b"Content-Disposition: ", b"multipart/mixed", b"text/plain", b"text/html", b"message/rfc822", b"boundary=x", b"--x",
    b"charset=", b"*0*=", b"base64", b"=?utf-8?q?", b"=?x?b?", b"?=", b"<", b">", b"@", b'"', b"(", b")", b";", b":",
    b",", b".", b"=", b"%", b"[", b"]", b"\\", b"a", b"b.test", b" ", b"\t", b"\r\n", b"\r\n ", b"\n", b"\0", b"\xff",
]  # fmt: skip
LIKE_MAIL = st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)


@hypothesis_settings(max_examples=400, deadline=None)
@given(st.one_of(st.binary(max_size=300), LIKE_MAIL))
@example(b"Message-Id: <<x@y\r\n\r\n")
@example(b"Content-Type: multipart/mixed; boundary*=x\r\n\r\n--x")
def test_no_bytes_make_reading_fail(raw: bytes) -> None:
    assert storable(parse(raw))
    assert message_id_of(raw).startswith("<")


GOOD = b"\r\n".join(
    [
        b"From: =?utf-8?q?=C3=9Cna?= <una@customer.test>", b"To: Ben <ben@team.test>, amy@team.test",
        b"Subject: Fwd: Hi",
        b"Content-Type: multipart/mixed; boundary=b", b"",
        b"--b", b"Content-Type: multipart/alternative; boundary=c", b"",
        b"--c", b"Content-Type: text/plain; charset=koi8-r", b"Content-Transfer-Encoding: base64", b"", b"8NLJ18XU",
        b"--c", b"Content-Type: text/html", b"Content-Transfer-Encoding: quoted-printable", b"",
        b"<p>Hi=20<b>you</b><blockquote type=3Dcite>old</blockquote>",
        b"--c--",
        b"--b", b"Content-Type: message/rfc822", b"", b"From: eve@x.test", b"", b"Hi",
        b"--b", b"Content-Type: application/ms-tnef; name*0*=utf-8''%41; name*1=b", b"", b'x\x9f>"\x01\x00\x02',
        b"--b--",
    ]
)  # fmt: skip


@hypothesis_settings(max_examples=up_to(400, 5_000), deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.one_of(st.binary(max_size=6), LIKE_MAIL))))
def test_no_mail_that_was_damaged_on_its_way_makes_reading_fail(damages: list[tuple[int, int, bytes]]) -> None:
    raw = GOOD
    for start, length, instead in damages[:8]:
        raw = raw[:start] + instead + raw[start + length :]
    assert storable(parse(raw))


def test_a_part_whose_name_is_told_in_two_ways_at_once_is_read_all_the_same() -> None:
    raw = GOOD.replace(b"name*1=b", b"name*")
    assert storable(parse(raw))
    assert parse(raw).text == parse(GOOD).text
