"""Keeping the addresses of the team and of other participants away from customers, and everybody's secrets from others.

What stays is the reader's own address, what an operator has made public, and what nobody here is known by. Towards the
team only what Casey itself made for one person is taken out: the rest was typed by somebody, and is his.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from app.cases.links import owners_of_secrets
from app.cases.models import Case
from app.cases.participation import alias_of
from app.config import settings
from app.extensions import db
from app.mail.sending.masking.appearance import Appearance, views
from app.mail.sending.masking.editing import Edit, apart, edited
from app.mail.sending.masking.finding import Reading, finds
from app.mail.sending.masking.known import Known
from app.mail.sending.masking.naming import name_before
from app.mail.sending.masking.secret_links import secrets_in
from app.people.models import Person
from app.people.open_sign_ins import opening_sign_ins


@dataclass
class Mask:
    """What one reader must not see in a case. Asks the database once, however many addresses are found."""

    reader: Person
    case: Case | None
    aliases: dict[int, str] = field(default_factory=dict)
    secrets: dict[str, bool] = field(default_factory=dict)

    def __call__(self, text: str) -> str:
        """The text as this reader may see it."""
        return edited(text, self.edits(text))

    def file_name(self, name: str) -> str:
        """The name of a file as this reader may see it: ``ben@x.test.pdf`` holds an address too."""
        return edited(name, self.edits(name, file_name=True))

    def edits(self, text: str, *, file_name: bool = False) -> list[Edit]:
        """What has to change in a text, in order: by what is shown of it, and by what it may be decoded to."""
        return self.edits_of([text], file_name=file_name)[0]

    def edits_of(self, texts: Iterable[str], *, file_name: bool = False) -> list[list[Edit]]:
        """The same for each of many texts, with one question about all the secrets that may be in them."""
        found = [[one for seen in views(text) for one in self._edits_in(seen, file_name)] for text in texts]
        self._look_up({unsure for one in found for _, unsure in one if unsure} - self.secrets.keys())
        return [apart(edit for edit, unsure in one if not unsure or self.secrets[unsure]) for one in found]

    def _look_up(self, words: set[str]) -> None:
        known = owners_of_secrets(words).keys() | opening_sign_ins(words)
        self.secrets.update((word, word in known) for word in words)

    def _edits_in(self, seen: Appearance, file_name: bool) -> Iterator[tuple[Edit, str]]:
        """What has to change, and what must be a secret for that, unless it is certain."""
        address = settings().mail_address
        for found in finds(seen, self.known, file_name=file_name):
            if self.known.hides(found.key):
                yield Edit(*seen.written(found.start, found.end), address), ""
                yield from ((edit, "") for edit in self._renaming(found, seen))
        for start, end, unsure in secrets_in(seen):
            yield Edit(*seen.written(start, end), "..."), unsure

    @cached_property
    def known(self) -> Known:
        """Whose addresses count."""
        return Known(self.reader, self.case)

    def _renaming(self, found: Reading, seen: Appearance) -> Iterator[Edit]:
        owner = self.known.hidden.get(found.key)
        name = name_before(seen.text, found.start, owner.name) if owner else None
        alias = self._alias(owner.person_id) if owner and name else ""
        if name and not _holds_address(alias):
            yield Edit(*seen.written(*name), alias)

    def _alias(self, person_id: int) -> str:
        if person_id not in self.aliases:
            inside = self.case.participants if self.case else []
            given = next((one.alias for one in inside if one.person_id == person_id), None)
            self.aliases[person_id] = given or alias_of(db.session.get_one(Person, person_id))
        return self.aliases[person_id]


def _holds_address(text: str) -> bool:
    return any("@" in seen.text for seen in views(text))


def mask(text: str, *, reader: Person, case: Case | None) -> str:
    """The text as this reader may see it."""
    return Mask(reader, case)(text)
