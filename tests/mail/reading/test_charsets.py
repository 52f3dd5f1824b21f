"""Charsets: whatever a mail says, or fails to say, about its bytes, they become the text that was written."""

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mail.reading.charsets import decoded
from app.mail.reading.headers.words import readable
from app.mail.reading.parsing import parse

HEAD = b"From: una@customer.test\r\nMessage-ID: <1@x.test>\r\n"
RUSSIAN = "Здравствуйте, дверь больше не открывается, и ключ тоже пропал."


def text_of(content_type: str, body: bytes) -> str:
    return parse(HEAD + f"Content-Type: {content_type}\r\n\r\n".encode() + body).text


@pytest.mark.parametrize(
    ("charset", "codec", "text"),
    [
        ("utf-8", "utf-8", "Grüße 日本"),
        ("iso-8859-1", "latin-1", "Grüße"),
        ("iso-8859-1", "cp1252", "„Grüße“ für 5 €"),
        ("windows-1251", "cp1251", "Привет"),
        ("win-1251", "cp1251", "Привет"),
        ("cp-1251", "cp1251", "Привет"),
        ("koi8-r", "koi8-r", "Привет"),
        ("KOI8", "koi8-r", "Привет"),
        ("windows-874", "cp874", "สวัสดี"),
        ("tis-620", "cp874", "สวัสดี"),
        ("x-gbk", "gbk", "你好"),
        ("gb2312", "gb18030", "镕 and more than it has"),
        ("x-euc-cn", "gbk", "你好"),
        ("big5", "big5", "你好"),
        ("x-sjis", "shift_jis", "こんにちは"),
        ("shift_jis", "cp932", "①"),
        ("windows-31j", "cp932", "こんにちは"),
        ("x-mac-japanese", "shift_jis", "こんにちは"),
        ("x-euc-jp", "euc_jp", "こんにちは"),
        ("ks_c_5601-1987", "cp949", "안녕하세요"),
        ("euc-kr", "cp949", "똠방각하"),
        ("cp-850", "cp850", "Grüße"),
        ("ibm850", "cp850", "Grüße"),
        ("iso-8859-8-i", "iso8859-8", "שלום"),
        ("iso-8859-8-e", "iso8859-8", "שלום"),
        ("iso-8859-6-i", "iso8859-6", "مرحبا"),
        ("unicode-1-1-utf-7", "utf-7", "Grüße 日本"),
        ("x-mac-roman", "mac_roman", "Grüße"),
        ("macintosh", "mac_roman", "Grüße"),
        ("x-mac-cyrillic", "mac_cyrillic", "Привет"),
        ("x-mac-ce", "mac_latin2", "Žluťoučký"),
        ("ansi", "cp1252", "Grüße"),
        ("ansi_x3.4-1968", "utf-8", "Grüße"),
        ("utf8mb4", "utf-8", "Grüße 😀"),
        ("x-unknown", "utf-8", "Grüße"),
        ("unknown-8bit", "cp1252", "Grüße"),
        ("us-ascii", "utf-8", "Grüße"),
        ("us-ascii", "cp1252", "Grüße"),
        ("iso-8859-1", "utf-8", "Grüße"),
        ("no-such-charset", "cp1252", "Grüße € so"),
        ("iso-2022-jp", "iso-2022-jp", "こんにちは"),
        ("iso-2022-kr", "iso-2022-kr", "안녕하세요"),
        ("hz-gb-2312", "hz", "你好"),
        ("utf-7", "utf-7", "Grüße 日本"),
        ("utf-16", "utf-16", "Grüße"),
        ("UTF-16LE", "utf-16-le", "Hello"),
        ("cp65001", "utf-8", "Grüße"),
        ("windows-28605", "iso8859-15", "5 €"),
    ],
)
def test_every_charset_is_read(charset: str, codec: str, text: str) -> None:
    assert text_of(f"text/plain; charset={charset}", text.encode(codec)) == text


@pytest.mark.parametrize(
    "written",
    [
        'charset="koi8-r"', "charset='koi8-r'", 'charset="charset=koi8-r"', "charset= koi8-r ;x=y", "charset==koi8-r",
        'charset="<koi8-r>"', 'charset="koi8-r; format=flowed"', "CHARSET=KOI8_R", "charset*=us-ascii'en'koi8-r",
        'charset*0="koi8"; charset*1="-r"', 'charset="x-koi8-r"',
    ],
)  # fmt: skip
def test_what_is_left_over_around_a_charset_does_no_harm(written: str) -> None:
    assert text_of(f"text/plain; {written}", "Привет".encode("koi8-r")) == "Привет"


@pytest.mark.parametrize(
    "charset",
    ["base64", "rot13", "undefined", '"\x00"', "idna", "punycode", "*0*=x", "x'y'z", "unicode_escape", "", "hex"],
)  # fmt: skip
def test_a_charset_that_is_none_does_no_harm(charset: str) -> None:
    assert text_of(f"text/plain; charset={charset}", b"Hello \\u0041") == "Hello \\u0041"


def test_bytes_of_no_charset_at_all_are_still_text() -> None:
    assert text_of("text/plain; charset=utf-8", bytes([0x81, 0x8D, 0xFF])) == "\x81\x8dÿ"


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251"])
@pytest.mark.parametrize("charset", ["us-ascii", "utf-8", "no-such-charset"])
def test_enough_text_tells_its_charset_by_itself(codec: str, charset: str) -> None:
    assert text_of(f"text/plain; charset={charset}", RUSSIAN.encode(codec)) == RUSSIAN


def test_too_little_text_is_not_guessed_at() -> None:
    assert decoded("Grüße".encode("cp1252"), "us-ascii") == "Grüße"


def test_utf_8_that_was_cut_within_a_character_stays_utf_8() -> None:
    cut = RUSSIAN.encode()[:-3] + b"\xd0 and so on"
    assert text_of("text/plain; charset=utf-8", cut) == RUSSIAN[:-2] + "\ufffd and so on"


def test_a_page_says_its_charset_itself() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=koi8-r"></head><p>Привет'
    assert text_of("text/html", page.encode("koi8-r")) == "Привет"
    assert text_of("text/html; charset=windows-1251", page.encode("cp1251")) == "Привет"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        (b"=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        (b"=?utf-8*de?q?Gr=C3=BC=C3=9Fe?= an =?iso-8859-1?q?B=E4r?=", "Grüße an Bär"),
        (b"=?utf-8?q?one?= =?utf-8?q?_two?=", "one two"),
        (b"=?utf-8?q?=E6=97?=\r\n =?utf-8?q?=A5?=", "日"),
        (b"=?utf-8?b?5pc=?= =?utf-8?b?pQ?=", "日"),
        (b"a=?utf-8?q?=C3=BC?=b", "aüb"),
        (b"=?x-unknown?q?Gr=FC=DFe?=", "Grüße"),
        (b"=?no-such?b?SGVsbG8?=", "Hello"),
        (b"=?utf-8?b?SGVsbG8h!?=", "Hello!"),
        (b"=?utf-8?q?Why??=", "Why?"),
        (b"=?utf-8?q?not encoded?= at all", "not encoded at all"),
        (b"=?utf-8?q?open", "=?utf-8?q?open"),
        (b"=?utf-8?x?what?=", "=?utf-8?x?what?="),
        (b"=??q?what?=", "=??q?what?="),
        (b"=?utf-8?q??=x", "x"),
        (b"=?utf-8?b?=?=", ""),
        ("Grüße".encode(), "Grüße"),
        ("Grüße".encode("cp1252"), "Grüße"),
        (b"a\r\n\tb", "a b"),
    ],
)
def test_a_subject_is_read_however_it_is_written(written: bytes, text: str) -> None:
    assert parse(HEAD + b"Subject: " + written + b"\r\n\r\n").subject == text


def test_a_bare_subject_is_in_the_charset_of_the_text() -> None:
    head = (
        HEAD + b"Subject: " + "Привет".encode("cp1251") + b"\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n"
    )
    assert parse(head + "Дверь".encode("cp1251")).subject == "Привет"


def test_what_mail_systems_write_is_not_decoded() -> None:
    said = "mx.casey.test; dmarc=fail header.from==?utf-8?q?x=3B_dmarc=3Dpass?="
    mail = parse(HEAD + f"Authentication-Results: {said}\r\n\r\n".encode())
    assert mail.header("Authentication-Results") == said


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=20), st.sampled_from(["utf-16", "hz", "utf-7"])))
def test_bytes_always_become_text(content: bytes, charset: str | None) -> None:
    assert isinstance(decoded(content, charset), str)


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text(alphabet="=?utf-8qQbB_ \t\r\nüZ\udcff", max_size=60), st.sampled_from([None, "utf-8", "x"]))
def test_headers_always_become_one_line(written: str, charset: str | None) -> None:
    assert "\n" not in readable(written, charset)
