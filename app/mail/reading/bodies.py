"""Which parts of a mail are what was written, and which are files."""

import re
from dataclasses import dataclass, field

from app.mail.reading.source import Source, content_of, inner_parts, parameter, text_of

# The same text once more, for programs that hardly anybody has.
FURTHER_RENDITIONS = {"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext", "text/rtf"}
FILES_OF_TEXT = {"text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers"}
META_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s{0,9}=[\s\"']{0,9}([\w:.-]{1,40})", re.IGNORECASE)


@dataclass
class Body:
    """One piece of what was written: plain, as HTML, or both."""

    plain: str = ""
    html: str = ""


@dataclass
class Contents:
    """What a mail consists of, in its order."""

    bodies: list[Body] = field(default_factory=list)
    files: list[Source] = field(default_factory=list)


def contents_of(mail: Source) -> Contents:
    """What was written in a mail, and the files that came with it."""
    found = Contents()
    if mail.get_content_maintype() == "text" and mail.get_content_type() not in FILES_OF_TEXT and not _attached(mail):
        found.bodies.append(_body(mail))
    else:
        _sort(mail, found)
    return found


def _sort(part: Source, into: Contents) -> None:
    """Put a part, and the parts in it, where they belong."""
    if part.is_multipart() and part.get_content_type() == "multipart/alternative":
        _choose(part, into)
    elif part.is_multipart():
        for inner in inner_parts(part):
            _sort(inner, into)
    elif _is_written(part, named=bool(into.bodies)):
        into.bodies.append(_body(part))
    else:
        into.files.append(part)


def _choose(part: Source, into: Contents) -> None:
    """Of several renditions of one text, keep the plain one and the last of those in HTML, as one body."""
    plain, html, further = "", "", []
    for choice in inner_parts(part):
        if choice.get_content_type() in FURTHER_RENDITIONS:
            further.append(_body(choice))
            continue
        found = Contents()
        _sort(choice, found)
        into.files += found.files
        if any(body.html for body in found.bodies):
            html = "<br>".join(body.html or as_html(body.plain) for body in found.bodies)
        else:
            plain = "\n\n".join(filter(str.strip, [plain, *(body.plain for body in found.bodies)]))
    into.bodies += [Body(plain, html)] if plain or html else further


def _is_written(part: Source, *, named: bool) -> bool:
    """Whether it is text to be read. With a name it is a file, unless it is the first text of the mail.

    Of a multipart without its boundary nothing can be told apart, so that all of it is text.
    """
    if part.get_content_maintype() == "multipart":
        return True
    if part.get_content_type() not in ("text/plain", "text/html") or _attached(part):
        return False
    return not (named and (parameter(part, "filename", "Content-Disposition") or parameter(part, "name")))


def _attached(part: Source) -> bool:
    return part.get_content_disposition() == "attachment"


def _body(part: Source) -> Body:
    if part.get_content_type() != "text/html":
        return Body(plain=text_of(part))
    said = META_CHARSET.search(content_of(part)[:4_000])
    return Body(html=text_of(part, said[1].decode("ascii", "replace") if said else ""))


def as_html(plain: str) -> str:
    """A plain text as HTML that shows the same."""
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "<p>" + escaped.strip().replace("\n", "<br>") + "</p>"
