"""The last look at a mail, at the very bytes that would leave: does it show a customer what he must not see?

It shares no code with the masking. It starts from the addresses that must not be seen, and looks for them in everything
that can be decoded out of the mail; and whatever may be the secret of a link is compared with those that are known.
"""

import quopri
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import unquote

from sqlalchemy import bindparam, or_, select

from app.cases.links import owners_of_secrets
from app.cases.models import Case, Participant
from app.config import settings
from app.extensions import db
from app.mail.tokens import OURS, read_token
from app.people.merging import ids_of
from app.people.models import TEAM_ROLES, Identity, IdentityKind, Person
from app.text import readable_entities, unescape

SOFT_BREAK = re.compile(r" ?=?(?:\r\n?|[\n\v\f\x85\u2028\u2029])[ \t>|]*")
# Default_Ignorable_Code_Point of Unicode, and a sign that was shown as nothing before.
UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Behind an address: a dash, the next sentence, and what joins it to another address.
DOMAIN = re.compile(r"@[^\s@]+")
NEXT_WORD = re.compile(r"--|\.(?=[A-Z](?![A-Z]))")
SECRET = 43  # 32 bytes in Base64
MARKS, MOST_MARKS = "-_", 8  # they may belong to the secret as well
LONG_WORD = re.compile(rf"[A-Za-z0-9_-]{{{SECRET},}}")
BEFORE_SECRET = re.compile(r"(?<![A-Za-z0-9])c(?:onfirm)?_")
WORTH_READING = re.compile(rf"[@&%=\\\u3002]|-(?:25)*40|c(?:onfirm)?[/_]|{LONG_WORD.pattern}")
# The addresses of the team, and of whoever is or was in the case. Put together once, since it is asked for every mail.
HIDDEN = (
    select(Identity.key)
    .join(Person)
    .where(Identity.kind == IdentityKind.EMAIL, Identity.person_id != bindparam("reader_id"))
    .where(
        or_(
            Person.role.in_(TEAM_ROLES),
            Identity.person_id.in_(select(Participant.person_id).where(Participant.case_id == bindparam("case_id"))),
        )
    )
)
NESTED = 4  # how often an encoding may be encoded again
# How programs write signs within their strings, quoted-printable, and how rewriters of links write signs in their own.
ESCAPES = re.compile(r"(?<!\\)\\++(?:u(?P<wide>[0-9a-fA-F]{4})|x(?P<narrow>[0-9a-fA-F]{2})|[nrt])")
QUOTED = re.compile(r"(?:=[0-9A-Fa-f]{2})+")
REWRITER = re.compile(r"-(?:25)*(?:3a|40)", re.I)  # a colon or an @
DASHES = re.compile(r"(?:-(?:25)*[0-9A-Fa-f]{2})+")
DASHED = re.compile(r"-(?:25)*([0-9A-Fa-f]{2})")


def leaks(raw: bytes, *, reader: Person, case: Case | None) -> set[str]:
    """The addresses, and the ids and links made for others, that this reader must not see. The team may see all."""
    if reader.team:
        return set()
    permitted = _whole(*_permitted(reader))
    texts, words = set(), set()
    for reading in (one for seen in _everything(raw) for one in _decodings(seen)):
        words |= set(LONG_WORD.findall(reading))
        texts |= {permitted.sub(" ", one.lower()) for one in {reading, _parted(reading)}} if "@" in reading else set()
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
    reader.feed(readable_entities(page))
    reader.close()
    yield "".join(reader.texts)
    yield "\n\n".join([*reader.texts, *reader.values])


def _decodings(text: str) -> Iterator[str]:
    """What a text may be read as. Most texts hold nothing that could become an address, or a link."""
    readings = [_plain(text)]
    if WORTH_READING.search(readings[0]) is None:
        return
    readings += _deeper(readings[0], LINKED)
    last = readings[-1]
    readings += _deeper(last, (_without_escapes, *LINKED)) if "\\" in last else ()
    readings += _deeper(last, (_without_quoting, _without_escapes, *LINKED)) if "=" in last else ()
    readings += _deeper(last, (_without_dashes, _without_escapes, *LINKED)) if REWRITER.search(last) else ()
    readings += [quopri.decodestring(last.encode()).decode("utf-8", "replace")] if "=" in last else ()
    for reading in readings:
        yield reading
        yield SOFT_BREAK.sub("", reading)


def _deeper(text: str, decoders: Iterable[Callable[[str], str]]) -> Iterator[str]:
    """What is left each time that something is decoded, until nothing changes any more."""
    for _ in range(NESTED):
        before = text
        for decode in decoders:
            decoded = decode(text)
            if decoded != text:
                text = _plain(decoded)
                yield text
        if text == before:
            return


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", UNSEEN.sub("", text))


def _dotted(text: str) -> str:
    return text.replace("\u3002", ".")


LINKED = (unescape, unquote, _dotted)


def _without_escapes(text: str) -> str:
    return ESCAPES.sub(_sign, text)


def _without_quoting(text: str) -> str:
    return QUOTED.sub(lambda found: _in_utf8(found[0].replace("=", ""), found[0]), text)


def _without_dashes(text: str) -> str:
    return DASHES.sub(lambda found: _in_utf8("".join(DASHED.findall(found[0])), "\ufffd"), text)


def _in_utf8(digits: str, otherwise: str) -> str:
    try:
        return bytes.fromhex(digits).decode()
    except UnicodeDecodeError:
        return otherwise


def _sign(written: re.Match[str]) -> str:
    """What it stands for; a blank when that is no sign at all."""
    digits = next((one for one in written.groups() if one), "20")
    return chr(int(digits, 16)).encode("utf-8", "replace").decode()


def _parted(text: str) -> str:
    """With a blank wherever something else may begin directly behind an address: ``ben@x.test--he``."""
    return DOMAIN.sub(_parted_domain, text)


def _parted_domain(found: re.Match[str]) -> str:
    parted = NEXT_WORD.sub(" ", found[0])
    return parted.replace("-", " ") if found.string.startswith("@", found.end()) else parted


@lru_cache(100)
def _whole(*addresses: str) -> re.Pattern[str]:
    """Finds these addresses, not within longer ones. What stands before may mark them: ``_ben@x.test_``, ``...``."""
    choices = "|".join(re.escape(one) for one in sorted(addresses, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9._+-])[._+-]{{0,20}}({choices})(?![a-z0-9-]|\.[a-z0-9])")


def _permitted(reader: Person) -> list[str]:
    """What this reader may see: his own addresses, the public ones, and ours."""
    own = [one.key for one in reader.identities if one.kind is IdentityKind.EMAIL]
    return [*own, *(one.lower() for one in (settings().mail_address, *settings().mail_public_addresses))]


def _addresses_in(texts: set[str], reader: Person, case: Case | None) -> set[str]:
    hidden = db.session.scalars(HIDDEN, {"reader_id": reader.id, "case_id": case.id if case else None})
    spelt = {spelling: key for key in hidden for spelling in (key, _in_letters(key))}
    candidates = [one for one in spelt if any(one in text for text in texts)]
    return {spelt[found] for text in texts for found in _whole(*candidates).findall(text)} if candidates else set()


def _in_letters(key: str) -> str:
    """An address as people read it: ``zoe@exämple.test`` for ``zoe@xn--exmple-cua.test``."""
    local, _, domain = key.rpartition("@")
    try:
        return f"{local}@{domain.encode().decode('idna')}" if "xn--" in domain else key
    except UnicodeError:
        return key


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
