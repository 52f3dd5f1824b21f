"""Reading a mail: nothing a sender writes makes it fail, and nothing he writes is lost."""

from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mail.reading.incoming import Incoming
from app.mail.reading.parsing import html_to_text, message_id_of, parse

HEAD = b"From: una@customer.test\r\nSubject: Hi\r\nMessage-ID: <1@x.test>\r\n"


def storable(mail: Incoming) -> bool:
    """Whether a database takes every text of it."""
    headers = [value for values in mail.headers.values() for value in values]
    texts = [mail.sender or "", mail.sender_name, mail.subject, mail.message_id, mail.text, *headers]
    texts += [*mail.in_reply_to, *mail.references]
    "".join(texts).encode()  # refuses lone surrogates
    return "\x00" not in "".join(texts)


def text_of(content_type: str, body: bytes, encoding: str = "8bit") -> str:
    head = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    return parse(HEAD + head + body).text


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


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("utf-8", "utf-8", "Grüße 日本"),
        ("iso-8859-1", "latin-1", "Grüße"),
        ("windows-1251", "cp1251", "Привет"),
        ("windows-874", "cp874", "สวัสดี"),
        ("x-gbk", "gbk", "你好"),
        ("x-sjis", "shift_jis", "こんにちは"),
        ("cp-850", "cp850", "Grüße"),
        ("utf8mb4", "utf-8", "Grüße 😀"),
        ("x-unknown", "utf-8", "Grüße"),
        ("us-ascii", "utf-8", "Grüße"),
        ("iso-8859-1", "utf-8", "Grüße"),
        ("no-such-charset", "cp1252", "Grüße € so"),
        ("iso-2022-jp", "iso-2022-jp", "こんにちは"),
        ("iso-2022-kr", "iso-2022-kr", "안녕하세요"),
        ("hz-gb-2312", "hz", "你好"),
        ("utf-7", "utf-7", "Grüße 日本"),
        ("utf-16", "utf-16", "Grüße"),
        ("UTF-16LE", "utf-16-le", "Hello"),
    ],
)
def test_every_charset_is_read(charset: str, codec: str, text: str) -> None:
    assert text_of(f"text/plain; charset={charset}", text.encode(codec)) == text


@pytest.mark.parametrize(
    "charset", ["base64", "rot13", "undefined", '"\x00"', "idna", "*0*=x", "x'y'z", "unicode_escape"]
)
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    assert text_of(f"text/plain; charset={charset}", b"Hello") == "Hello"


def test_bytes_of_no_charset_at_all_are_still_text() -> None:
    assert text_of("text/plain; charset=utf-8", bytes([0x81, 0x8D, 0xFF])) == "\x81\x8dÿ"


def test_nul_and_lone_surrogates_become_storable() -> None:
    mail = parse(HEAD + b"X-Odd: a\x00b\r\n\r\nnul \x00 surrogate \xed\xa0\x80 end")
    assert storable(mail)
    assert mail.text.startswith("nul \ufffd surrogate")
    assert storable(parse(b"From: \x00\xed\xa0\x80@x.test\r\nSubject: \x00\r\nMessage-ID: <\x00@x>\r\n\r\n"))


def test_html_alone_becomes_text() -> None:
    html = (
        "<html><head><title>no</title><style>p {}</style></head><body><p>Hello&nbsp;Una,</p><div>1 &lt; 2 &amp;amp; so"
        "<br>next</div><script>no()</script><ul><li>one<li>two</ul></body></html>"
    )
    assert text_of("text/html; charset=utf-8", html.encode()).split("\n") == [
        "Hello Una,", "1 < 2 &amp; so", "next", "one", "two",
    ]  # fmt: skip


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
    assert parse(HEAD.replace(b"una@", b"u" * 5000 + b"@") + b"\r\n").sender_problem == "its From is too long"
    assert len(parse(b"Message-ID: <" + long + b"@x>\r\n\r\n").message_id) < 100


def test_a_tag_soup_is_no_trouble() -> None:
    assert html_to_text("<div>" * 20_000 + "deep") == "deep"


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


def test_parts_nested_a_thousand_deep_are_the_one_thing_that_fails() -> None:
    """It ends in quarantine; reading in a child process, with bounds, will come with the depth of mail."""
    raw = HEAD
    for level in range(1000):
        raw += f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode()
    with pytest.raises(RecursionError):
        parse(raw + b"\r\nHello")
