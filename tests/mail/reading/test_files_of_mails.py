"""Files of mails: everything that is not text to be read, byte by byte, under the name the sender gave it."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from app.mail.reading.files.names import LONGEST, fit
from app.mail.reading.incoming import Incoming, Part
from app.mail.reading.parsing import parse
from app.text import told_apart

HEAD = b"From: una@customer.test\r\nMessage-ID: <1@x.test>\r\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\xff"


def mixed(*parts: bytes, kind: str = "mixed") -> Incoming:
    """A mail with a text and some parts, each with its own headers."""
    head = HEAD + f"Content-Type: multipart/{kind}; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n".encode()
    return parse(head + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n")


def only_file(headers: str, content: bytes = b"x") -> Part:
    [found] = mixed(headers.encode("utf-8", "surrogateescape") + b"\r\n\r\n" + content).files
    return found


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        ('Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"', "a.pdf"),
        ("Content-Type: application/pdf; name=a.pdf", "a.pdf"),
        ("Content-Type: x/y; name=b.pdf\r\nContent-Disposition: attachment; filename=a.pdf", "a.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "Grüße.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename*=koi8-r'ru'%D0%D2.pdf", "пр.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename*=no-such''%FC.pdf", "ü.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: a;\r\n filename*0*=utf-8''%C3;\r\n filename*1*=%BC.pdf", "ü.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename*0=long; filename*1=er.pdf", "longer.pdf"),
        ('Content-Type: x/y\r\nContent-Disposition: attachment; filename="=?utf-8?q?Gr=C3=BC.pdf?="', "Grü.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename==?utf-8?b?w7wucGRm?=", "ü.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename=Grüße.pdf", "Grüße.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename=\udcfc.pdf", "ü.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename=\"../../etc/passwd\"", "passwd"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename=\"C:\\\\dir\\\\a.pdf\"", "a.pdf"),
        ("Content-Type: x/y\r\nContent-Disposition: attachment; filename*=utf-8''a%00%0D%E2%80%AEfdp.exe", "afdp.exe"),
        ("Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"..\"", "file.pdf"),
        ("Content-Type: image/png\r\nContent-ID: <plan@x.test>", "plan.png"),
        ("Content-Type: image/png\r\nContent-ID: <image001.png@01D0.1234>", "image001.png"),
        ("Content-Type: image/png", "file.png"),
        ("Content-Type: text/calendar; method=REQUEST", "invitation.ics"),
        ("Content-Type: application/pgp-signature", "signature.asc"),
        ("Content-Type: application/x-no-such-type", "file"),
        ("Content-Type: ;;;\r\nContent-Disposition: attachment", "text.txt"),
        ("Content-Type: message/rfc822", "mail.eml"),
    ],
)  # fmt: skip
def test_a_file_has_the_name_that_the_sender_gave_it(headers: str, name: str) -> None:
    assert only_file(headers).name == name


def test_a_mail_within_a_mail_is_named_after_its_subject() -> None:
    inner = b"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe_1/2?=\r\n\r\nHi"
    assert only_file("Content-Type: message/rfc822", inner).name == "Grüße 1-2.eml"


def test_names_are_told_apart() -> None:
    part = b'Content-Type: application/pdf; name="a.pdf"\r\n\r\nx'
    other = b"Content-Type: application/pdf; name=A.PDF\r\n\r\nx"
    assert [one.name for one in mixed(part, part, other).files] == ["a.pdf", "a (2).pdf", "A (3).PDF"]
    assert told_apart(["a", "a (2)", "a"]) == ["a", "a (2)", "a (3)"]
    assert [len(name) for name in told_apart(["x" * 250 + ".pdf"] * 2)] == [254, LONGEST]


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_a_name_is_never_a_path_nor_too_long(name: str) -> None:
    found = fit(name)
    assert not set(found) & set("/\\\x00\n\r\u202e\u200f")
    assert len(found) <= LONGEST
    assert found not in (".", "..")
    found.encode()


@pytest.mark.parametrize("encoding", ["base64", "8bit", "binary", ""])
@pytest.mark.parametrize("content", [PICTURE, b"", b"a\nb\r\nc\rd", b"From here\n.\n", bytes(range(256)), b"= =\t \n"])
def test_a_file_is_kept_byte_by_byte(encoding: str, content: bytes) -> None:
    written = base64.encodebytes(content).strip() if encoding == "base64" else content
    head = "Content-Type: application/x; name=a"
    assert (
        only_file(f"{head}\r\nContent-Transfer-Encoding: {encoding}" if encoding else head, written).content == content
    )


def test_a_file_in_quoted_printable_is_decoded() -> None:
    head = "Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: Quoted-Printable"
    assert only_file(head, b"=00=FF=0D=0A soft=\r\n end=20").content == b"\x00\xff\r\n soft end "


INNER = [
    b"From: eve@stranger.test\r\nSubject: Inner\r\n\r\nHi\r\n",
    b"From: eve@stranger.test\nSubject: Inner\n\nHi\n",
    b"Subject:   odd\r\n\tfolding  \r\nX:\xff\xfe\r\n\r\na\rb\nc\r\n\r\n\r\n",
    b"no header\r\n",
    b"Content-Type: multipart/mixed; boundary=inner\r\n\r\npreamble\r\n--inner\r\n\r\nHi\n--inner--\r\n\r\nepilogue",
    b"Content-Type: message/rfc822\r\n\r\nSubject: y\r\n\r\nx",
    b"",
]  # fmt: skip


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("kind", ["mixed", "digest", "report", "signed"])
def test_a_mail_within_a_mail_is_kept_as_its_bytes_stand(inner: bytes, kind: str) -> None:
    mail = mixed(b"Content-Type: message/rfc822\r\n\r\n" + inner, kind=kind)
    assert [(one.content_type, one.content) for one in mail.files][-1] == ("message/rfc822", inner)


def test_a_digest_need_not_say_that_it_consists_of_mails() -> None:
    head = HEAD + b"Content-Type: multipart/digest; boundary=b\r\n\r\n"
    mail = parse(head + b"--b\r\n\r\nSubject: one\r\n\r\nx\r\n--b\r\n\r\nSubject: two\r\n\r\ny\r\n--b--\r\n")
    assert [(one.name, one.content) for one in mail.files] == [
        ("one.eml", b"Subject: one\r\n\r\nx"), ("two.eml", b"Subject: two\r\n\r\ny"),
    ]  # fmt: skip


def test_a_mail_within_a_mail_may_be_encoded() -> None:
    assert (
        only_file("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64", b"U3ViamVjdDogeA==").content
        == b"Subject: x"
    )


@pytest.mark.parametrize(
    "kind", ["text/calendar", "text/vcard", "message/rfc822", "application/pkcs7-mime", "application/pdf"]
)
def test_a_mail_that_is_a_file_has_one(kind: str) -> None:
    mail = parse(HEAD + f"Content-Type: {kind}\r\n\r\nBEGIN\r\n".encode())
    assert (mail.text, [(one.content_type, one.content) for one in mail.files]) == ("", [(kind, b"BEGIN\r\n")])


def test_signed_and_encrypted_mails_keep_their_parts() -> None:
    signed = mixed(b"Content-Type: application/pgp-signature; name=signature.asc\r\n\r\n-----BEGIN", kind="signed")
    assert (signed.text, [one.name for one in signed.files]) == ("Hi", ["signature.asc"])
    head = HEAD + b"Content-Type: multipart/encrypted; boundary=b\r\n\r\n"
    parts = (
        b"application/pgp-encrypted\r\n\r\nVersion: 1",
        b"application/octet-stream; name=encrypted.asc\r\n\r\n-----",
    )
    found = parse(head + b"".join(b"--b\r\nContent-Type: " + part + b"\r\n" for part in parts) + b"--b--")
    assert [(one.name, one.content) for one in found.files] == [
        ("encryption.txt", b"Version: 1"),
        ("encrypted.asc", b"-----"),
    ]


def test_texts_that_are_attached_or_named_are_files_and_others_are_text() -> None:
    mail = mixed(
        b"Content-Disposition: attachment\r\n\r\nin a file",
        b"Content-Disposition: inline; filename=log.txt\r\n\r\nin a log",
        b"Content-Type: text/html; name=page.html\r\n\r\n<p>in a page",
        b"Content-Disposition: inline\r\n\r\nsecond text",
    )
    assert mail.text == "Hi\n\nsecond text"
    assert [one.name for one in mail.files] == ["text.txt", "log.txt", "page.html"]


def test_the_first_text_may_have_a_name() -> None:
    part = b"--b\r\nContent-Type: text/plain; name=body.txt\r\n\r\nHi\r\n--b--"
    mail = parse(HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part)
    assert (mail.text, mail.files) == ("Hi", ())


def test_pictures_in_the_text_are_told_from_others() -> None:
    page = b'Content-Type: text/html\r\n\r\n<p>See <img src="cid:plan%40x.test">'
    attached = b"Content-Type: image/png\r\nContent-Disposition: attachment; filename="
    shown = attached + b"a.png\r\nContent-ID: <plan@x.test>\r\n\r\nx"
    other = attached + b"b.png\r\nContent-ID: <b@x.test>\r\n\r\nx"
    bare = b"Content-Type: image/png; name=c.png\r\nContent-Disposition: inline\r\n\r\nx"
    mail = mixed(page, shown, other, bare, kind="related")
    assert [(one.name, one.content_id, one.inline) for one in mail.files] == [
        ("a.png", "plan@x.test", True), ("b.png", "b@x.test", False), ("c.png", None, False),
    ]  # fmt: skip
    assert mail.html
    assert '<img src="cid:plan@x.test">' in mail.html


def test_a_rendition_for_few_programs_is_no_file_beside_the_others() -> None:
    parts = (
        b"Content-Type: text/x-amp-html\r\n\r\n<html amp>",
        b"Content-Type: text/html\r\n\r\n<p>Hi",
        b"Content-Type: text/calendar\r\n\r\nBEGIN",
    )
    mail = mixed(*parts, kind="alternative")
    assert (mail.text, mail.html, [one.name for one in mail.files]) == ("Hi", "<p>Hi</p>", ["invitation.ics"])


def test_of_very_many_files_the_mail_says_how_many_more_there_are() -> None:
    mail = mixed(*[b"Content-Type: application/pdf\r\n\r\nx"] * 237)
    assert len(mail.files) == 200
    assert len({one.name for one in mail.files}) == 200
    assert mail.text == "Hi\n\n(37 more files of this mail are kept in its original alone.)"


def test_a_base64_that_is_cut_off_or_none_at_all_loses_nothing() -> None:
    head = "Content-Type: application/x; name=a\r\nContent-Transfer-Encoding: base64"
    assert only_file(head, b"SGVsbG8gVW5h\r\nSGV").content == b"Hello UnaHe"
    assert only_file(head, b"Hello Una, how are you? (This is no base64.)").content.startswith(b"Hello Una, how")


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["message/rfc822", "application/pdf"]))
def test_any_bytes_are_kept(content: bytes, kind: str) -> None:
    boundary = hashlib.sha256(content).hexdigest().encode()
    head = HEAD + b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n--" + boundary
    mail = parse(head + f"\r\nContent-Type: {kind}\r\n\r\n".encode() + content + b"\r\n--" + boundary + b"--\r\n")
    assert [one.content for one in mail.files] == [content]
