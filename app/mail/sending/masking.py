"""Keeping the addresses of the team and of other participants away from customers, and everybody's secrets from others.

What stays is the reader's own address, what an operator has made public, and what nobody here is known by. Towards the
team only what Casey itself made for one person is taken out: the rest was typed by somebody, and is his.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from app.cases.models import Case
from app.cases.participation import alias_of
from app.config import deployed, settings
from app.mail.sending.appearance import Appearance, decoded, shown
from app.mail.sending.editing import Edit, apart, edited
from app.mail.sending.finding import Reading, finds
from app.mail.sending.naming import name_before
from app.mail.tokens import BOUNCE, REPLY, read_reply_address, read_token
from app.people.addresses import is_ours, key_of
from app.people.models import Person
from app.people.persons import owners_of

AT_ONCE = 500
# The secrets of links to cases (32 bytes) and to files (signed by 20 bytes), in Base64; a line may end within.
CASE_LINK = r"(?:c|confirm)/(?P<case>(?:\n?[\w-]){43})"
FILE_LINK = r"files/(?P<file>\.?(?:\n?[\w-]){10,400}+\n?\.(?:\n?[\w-]){27})"
SECRET = rf"/(?:{CASE_LINK}|{FILE_LINK})(?![\w-])"


@dataclass
class Mask:
    """What one reader must not see in a case. Asks once for each address, however often it is found."""

    reader: Person
    case: Case | None
    owners: dict[str, Person | None] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """The text as this reader may see it."""
        return edited(text, self.edits(text))

    def file_name(self, name: str) -> str:
        """The name of a file as this reader may see it: ``ben@x.test.pdf`` holds an address too."""
        return edited(name, self.edits(name, file_name=True))

    def edits(self, text: str, *, file_name: bool = False) -> list[Edit]:
        """What has to change in a text, in order: by what is shown of it, and by what it may be decoded to."""
        return apart(edit for seen in _views(text) for edit in self._edits_in(seen, file_name))

    def _edits_in(self, seen: Appearance, file_name: bool) -> Iterator[Edit]:
        found = list(finds(seen, file_name=file_name))
        self._ask({reading.key for readings in found for reading in readings})
        for readings in found:
            meant = self._meant(readings)
            if meant and self.hides(meant.key):
                yield Edit(*seen.written(meant.start, meant.end), settings().mail_address)
                yield from self._renaming(meant, seen)
        yield from _secret_links(seen)

    def _ask(self, keys: Collection[str]) -> None:
        """Whose addresses these are. In portions, since no database takes any number of values at once."""
        if self.reader.team:
            return
        wanted = sorted(keys - self.owners.keys())
        for start in range(0, len(wanted), AT_ONCE):
            portion = wanted[start : start + AT_ONCE]
            self.owners |= dict.fromkeys(portion) | owners_of(portion)

    def _meant(self, readings: Sequence[Reading]) -> Reading | None:
        """The longest reading that means anything here.

        ``o'neil@x.test`` stays when the reader is O'Neil, even if there is a ``neil@x.test`` in the team.
        """
        return next((one for one in readings if self._means_something(one.key)), None)

    def _renaming(self, meant: Reading, seen: Appearance) -> Iterator[Edit]:
        owner = self.owners.get(meant.key)
        name = name_before(seen.text, meant.start, owner) if owner else None
        if owner and name and not _holds_address(self._alias(owner)):
            yield Edit(*seen.written(*name), self._alias(owner))

    def _means_something(self, key: str) -> bool:
        return self.owners.get(key) is not None or is_ours(key) or key in self._public or _token(key)

    def hides(self, key: str) -> bool:
        """Whether this reader must not see this address."""
        if is_ours(key) or _token(key):
            return self._made_for_another(key)
        owner = self.owners.get(key)
        if owner is None or owner.id == self.reader.id or key in self._public:
            return False
        return owner.team or owner.id in self._inside

    def _made_for_another(self, key: str) -> bool:
        """Whether it is an address or an id of ours that lets its reader, who is not this one, write to a case."""
        token = read_reply_address(key) or read_token(key)
        return token.person_id != self.reader.id if token else _tagged(key)

    @cached_property
    def _inside(self) -> set[int]:
        return {one.person_id for one in self.case.participants} if self.case else set()

    @cached_property
    def _public(self) -> set[str]:
        return {key_of(one) for one in settings().mail_public_addresses}

    def _alias(self, person: Person) -> str:
        inside = self.case.participants if self.case else []
        return next((one.alias for one in inside if one.person_id == person.id), None) or alias_of(person)


def _views(text: str) -> list[Appearance]:
    return [seen for seen in (shown(text), decoded(text)) if seen]


def _holds_address(text: str) -> bool:
    return any(True for seen in _views(text) for _ in finds(seen))


def _token(key: str) -> bool:
    return key.startswith("c.") and read_token(key) is not None


def _tagged(key: str) -> bool:
    """Whether it is a plus form of ours as Casey makes them, though nothing can be read from it now."""
    tag = key.rpartition("@")[0].partition("+")[2]
    return bool(REPLY.fullmatch(tag) or BOUNCE.fullmatch(tag))


def _secret_links(seen: Appearance) -> Iterator[Edit]:
    """What is quoted may hold the link of whoever quotes. It opens the case under his name, so it is cut short."""
    base = deployed().base_url
    if base in seen.text:
        for link in re.finditer(re.escape(base) + SECRET, seen.text, re.A):
            yield Edit(*seen.written(*link.span(link.lastgroup or 0)), "...")


def mask(text: str, *, reader: Person, case: Case | None) -> str:
    """The text as this reader may see it."""
    return Mask(reader, case)(text)
