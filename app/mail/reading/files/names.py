"""What the files of a mail are called. A name says what the sender called it; it is never a path."""

import re
from mimetypes import MimeTypes

from app.mail.reading.headers.words import readable
from app.mail.reading.source import Source, content_of, parameter, take_apart

# Control characters, those that turn the direction of writing or have no width, and lone surrogates.
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
LONGEST = 255
LONGEST_ENDING = 20
LONGEST_SUBJECT = 200
TYPES = MimeTypes()  # the same on every system
USUAL = {
    "text/calendar": "invitation.ics",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "encryption.txt",
    "application/pkcs7-mime": "smime.p7m",
    "application/pkcs7-signature": "smime.p7s",
    "application/ms-tnef": "winmail.dat",
    "message/rfc822": "mail.eml",
    "message/delivery-status": "delivery-status.txt",
    "text/rfc822-headers": "headers.txt",
    "text/plain": "text.txt",
}


def name_of(part: Source) -> str:
    """The name of a file: as given, else by its subject if it is a mail, or by its Content-ID, else by its type."""
    kind = part.get_content_type()
    given = fit(parameter(part, "filename", "Content-Disposition") or parameter(part, "name"))
    if given:
        return given
    ending = TYPES.guess_extension(kind) or ""
    carried = _ended(fit(_subject(part)), ".eml") if kind == "message/rfc822" else ""
    by_id = fit(content_id_of(part).partition("@")[0])
    return carried or (by_id if "." in by_id else _ended(by_id, ending)) or USUAL.get(kind, f"file{ending}")


def fit(name: str) -> str:
    """A name without what does not belong into names."""
    bare = re.split(r"[/\\]", UNFIT.sub("", name))[-1].strip(" .")
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return bare[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}.{ending}"


def content_id_of(part: Source) -> str:
    """The Content-ID without its brackets, or nothing."""
    return UNFIT.sub("", readable(str(part.get("Content-ID", "")))).strip(" <>")[:LONGEST]


def guessed_type(name: str) -> str:
    """The content type of a file that has none but its name."""
    return TYPES.guess_type(name)[0] or "application/octet-stream"


def _subject(part: Source) -> str:
    carried = take_apart(content_of(part)[:20_000])
    return re.sub(r"[/\\]", "-", readable(str(carried.get("Subject", ""))))[:LONGEST_SUBJECT]


def _ended(name: str, ending: str) -> str:
    return name and name + ending
