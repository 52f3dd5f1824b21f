"""Which mail a report is about: the ids it names."""

import re
from collections.abc import Iterator
from email.message import Message

from app.mail.reading.reports.parts import blocks, header, parts, said, type_of

MOST_IDS = 20
RETURNED = {
    "message/rfc822",
    "message/global",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global-headers",
}
ANY = r"<[^<>\s@]{1,400}@[^<>\s@]{1,253}>"
# The shapes of ``app.mail.tokens``: an id of ours, and one that stands for no mail but for a person in a case.
OURS = r"<c\.[0-9a-z]{1,13}\.[0-9a-z]{1,13}\.[0-9a-z]{1,16}\.[a-z2-7]{20}@[^\s<>@]{1,253}>"
ANCHOR = OURS.replace("[0-9a-z]{1,16}", "0")
LABELLED = re.compile(rf"^[\s>*]{{0,9}}message-id[\s*]{{0,9}}:[\s*]{{0,9}}({ANY})", re.I | re.M)
REFERENCES = re.compile(
    r"^[\s>*]{0,9}(?:references|in-reply-to)\s{0,3}:[^\n]{0,2000}(?:\n[ \t]{1,9}<[^\n]{0,2000}){0,30}", re.I | re.M
)


def named_ids(mail: Message) -> tuple[str, ...]:
    """The ids a report names, that of the mail which came back first.

    The mails that the returned one refers to are earlier ones, which did not come back: of its references only the
    anchors are taken, which tell whose it was even where a relay gave it another id.
    """
    answered = re.findall(ANY, header(mail, "in-reply-to"))[:1]
    return tuple(dict.fromkeys([*_returned(mail), *_written(mail), *answered]))[:MOST_IDS]


def _returned(mail: Message) -> Iterator[str]:
    for part in parts(mail):
        if type_of(part) in RETURNED:
            for block in blocks(part)[:1]:
                yield from re.findall(ANY, block.get("message-id", ""))[:1]
                yield from re.findall(ANCHOR, block.get("references", ""), re.I)


def _written(mail: Message) -> Iterator[str]:
    """Those in its text: one that is said to be the Message-ID first, then whatever looks like ours."""
    text = said(mail)
    yield from LABELLED.findall(text)[:1]
    yield from re.findall(OURS, REFERENCES.sub("", text), re.I)
    yield from re.findall(ANCHOR, text, re.I)
