"""The last look at a mail, at the very bytes that would leave: does it show a customer what he must not see?

It shares no code with the masking. It starts from the addresses that must not be seen, and looks for them in everything
that can be decoded out of the mail; and whatever may be the secret of a link is compared with those that are known.
"""

import html
import quopri
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from html.parser import HTMLParser
from urllib.parse import unquote

from sqlalchemy import or_, select

from app.cases.links import owners_of_secrets
from app.cases.models import Case, Participant
from app.config import settings
from app.extensions import db
from app.mail.tokens import OURS, read_token
from app.people.merging import ids_of
from app.people.models import Identity, IdentityKind, Person, Role

SOFT_BREAK = re.compile(r" ?=?\r?\n[ \t>|]*")
UNSEEN = re.compile(r"[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
SECRET = 43  # 32 bytes in Base64
MARKS, MOST_MARKS = "-_", 8  # they may belong to the secret as well
LONG_WORD = re.compile(rf"[A-Za-z0-9_-]{{{SECRET},}}")
BEFORE_SECRET = re.compile(r"(?<![A-Za-z0-9])c(?:onfirm)?_")
WORTH_READING = re.compile(rf"[@&%\u3002]|=40|-(?:25)*40|\\[ux]|c(?:onfirm)?[/_]|{LONG_WORD.pattern}")
NESTED = 3  # how often an encoding may be encoded again
# How programs write signs within their strings, and how rewriters of links write them within their own.
ESCAPES = re.compile(r"\\+(?:u(?P<wide>[0-9a-fA-F]{4})|x(?P<narrow>[0-9a-fA-F]{2})|[nrt])")
ESCAPER = re.compile(r"[\\\u3002]")
REWRITER = re.compile(r"-(?:25)*(?:3a|40)", re.I)  # a colon or an @
DASHES = re.compile(r"-(?:25)*(?P<narrow>[0-9A-Fa-f]{2})")


def leaks(raw: bytes, *, reader: Person, case: Case | None) -> set[str]:
    """The addresses, and the ids and links made for others, that this reader must not see. The team may see all."""
    if reader.team:
        return set()
    permitted = _whole(_permitted(reader))
    texts, words = set(), set()
    for reading in (one for seen in _everything(raw) for one in _decodings(seen)):
        words |= set(LONG_WORD.findall(reading))
        texts |= {permitted.sub(" ", reading.lower())} if "@" in reading else set()
    addresses = _addresses_in(texts, reader, case) | _ids_in(texts, reader) if texts else set()
    return addresses | _links_in(words, reader)


def _everything(raw: bytes) -> Iterator[str]:
    """Headers, texts, attributes, and the names of files. What is in the files is never changed and not looked at."""
    for part in message_from_bytes(raw).walk():
        yield from (_header(str(value)) for value in part.values())
        name = part.get_filename()
        yield from _beginnings(_header(name)) if name else ()
        if part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            text = part.get_payload(decode=True).decode("utf-8", "replace")  # type: ignore[union-attr]
            yield text
            yield from _read(text) if part.get_content_subtype() == "html" else ()


def _header(value: str) -> str:
    return str(make_header(decode_header(value))) if "=?" in value else value


def _beginnings(name: str) -> Iterator[str]:
    """The name of a file with and without its endings: ``ben@x.test.pdf`` names somebody."""
    return (name[:end] for end, sign in enumerate(f"{name}.") if sign == ".")


class _Reader(HTMLParser):
    """Collects what a page shows and what stands in its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.values: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.values += [value for _, value in attrs if value]


def _read(page: str) -> Iterator[str]:
    """The text with and without a gap where a tag stood: either may hide an address, or make one up."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    yield "".join(reader.texts)
    yield "\n\n".join([*reader.texts, *reader.values])


def _decodings(text: str) -> Iterator[str]:
    """What a text may be read as. Most texts hold nothing that could become an address, or a link."""
    plain = _plain(text)
    if WORTH_READING.search(plain) is None:
        return
    yield plain
    for _ in range(NESTED):
        plain = unquote(html.unescape(plain))
    yield plain
    yield SOFT_BREAK.sub("", plain)
    if "=40" in plain:
        yield quopri.decodestring(plain.encode()).decode("utf-8", "replace")
    if ESCAPER.search(plain):
        yield _plain(ESCAPES.sub(_sign, plain)).replace("\u3002", ".")
    if REWRITER.search(plain):
        yield DASHES.sub(_sign, plain)


def _plain(text: str) -> str:
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _sign(written: re.Match[str]) -> str:
    """What it stands for; a blank when that is no sign at all."""
    digits = next((one for one in written.groups() if one), "20")
    return chr(int(digits, 16)).encode("utf-8", "replace").decode()


def _whole(addresses: Iterable[str]) -> re.Pattern[str]:
    """Finds these addresses, not within longer ones. What stands before may mark them: ``_ben@x.test_``, ``...``."""
    choices = "|".join(re.escape(one) for one in sorted(addresses, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9._+-])[._+-]{{0,20}}({choices})(?![a-z0-9-]|\.[a-z0-9])")


def _permitted(reader: Person) -> list[str]:
    """What this reader may see: his own addresses, the public ones, and ours."""
    own = [one.key for one in reader.identities if one.kind is IdentityKind.EMAIL]
    return [*own, *(one.lower() for one in (settings().mail_address, *settings().mail_public_addresses))]


def _addresses_in(texts: set[str], reader: Person, case: Case | None) -> set[str]:
    inside = select(Participant.person_id).where(Participant.case_id == (case.id if case else None))
    hidden = db.session.scalars(
        select(Identity.key)
        .join(Person)
        .where(Identity.kind == IdentityKind.EMAIL, Identity.person_id != reader.id)
        .where(or_(Person.role != Role.CUSTOMER, Identity.person_id.in_(inside)))
    )
    candidates = [one for one in hidden if any(one in text for text in texts)]
    return {found for text in texts for found in _whole(candidates).findall(text)} if candidates else set()


def _ids_in(texts: set[str], reader: Person) -> set[str]:
    """Ids of ours that would let this reader write as somebody else."""
    ids = {found[0] for text in texts for found in OURS.finditer(text)}
    owners = {id: token.person_id for id in ids for token in [read_token(id)] if token}
    foreign = {id: owner for id, owner in owners.items() if owner != reader.id}
    return set(foreign) and {id for id in foreign if foreign[id] not in ids_of(reader)}


def _links_in(words: set[str], reader: Person) -> set[str]:
    """Links of others, each as its owner's, since it must not be written down anywhere else."""
    owners = owners_of_secrets({secret for word in words for secret in _secrets(word)})
    return {f"a link of person {id}" for id in owners.values() if id != reader.id}


def _secrets(word: str) -> Iterator[str]:
    """What of a long word may be a secret: others' signs can stand before it and behind it, as in ``_c_SECRET_``."""
    before, behind = (len(word) - len(bare) for bare in (word.lstrip(MARKS), word.rstrip(MARKS)))
    yield from (word[skip:][:SECRET] for skip in range(min(before, MOST_MARKS) + 1))
    yield from (word[: len(word) - skip][-SECRET:] for skip in range(min(behind, MOST_MARKS) + 1))
    yield from (word[start : start + SECRET] for start in map(re.Match.end, BEFORE_SECRET.finditer(word)))
