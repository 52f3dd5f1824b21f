"""Which addresses mean something where one reader reads a case: those of people he must not see, his own, and ours."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import or_, select

from app.cases.models import Case, Participant
from app.config import settings
from app.extensions import db
from app.mail.tokens import BOUNCE, REPLY, read_reply_address, read_token
from app.people.addresses import key_of
from app.people.merging import ids_of
from app.people.models import TEAM_ROLES, Identity, IdentityKind, Person

PUNYCODE = "xn--"
# In a plus form; any other sign is where another address may begin, as in ``from=support+x&to=ben@x.test``.
TAG = re.compile(r"[a-z0-9._+-]*")


class Somebody(NamedTuple):
    """Whose address it is."""

    person_id: int
    name: str


@dataclass(frozen=True)
class Known:
    """Asks the database once, and only when it is asked itself. All others' addresses mean nothing."""

    reader: Person
    case: Case | None

    def means_something(self, key: str) -> bool:
        """Whether this is an address of somebody here."""
        return key in self._people or key in self._ours or self._plus_form(key) or _token(key)

    def hides(self, key: str) -> bool:
        """Whether the reader must not see this address, which means something."""
        if key in self._ours:
            return False
        return key in self.hidden if key in self._people else self._made_for_another(key)

    @cached_property
    def domains(self) -> dict[str, str]:
        """The domains of all these addresses, by each way to write them."""
        keys = self._people | self._ours
        names = {key.rpartition("@")[2] for key in keys} | {settings().main_domain.lower()}
        return {written: name for name in names for written in (name, _in_letters(name))}

    @cached_property
    def hidden(self) -> dict[str, Somebody]:
        """The addresses of the team, and of whoever is or was in the case. The team may see everybody's."""
        if self.reader.team:
            return {}
        inside = select(Participant.person_id).where(Participant.case_id == (self.case.id if self.case else None))
        found = db.session.execute(
            select(Identity.key, Person.id, Person.name)
            .join(Person)
            .where(Identity.kind == IdentityKind.EMAIL, Identity.person_id != self.reader.id)
            .where(or_(Person.role.in_(TEAM_ROLES), Person.id.in_(inside)))
        )
        return {key: Somebody(id, name) for key, id, name in found if key not in self._public}

    @cached_property
    def _people(self) -> set[str]:
        """Towards the team only what is ours counts."""
        if self.reader.team:
            return set()
        return self.hidden.keys() | self._own | self._public

    @cached_property
    def _own(self) -> set[str]:
        return {one.key for one in self.reader.identities if one.kind is IdentityKind.EMAIL}

    @cached_property
    def _public(self) -> set[str]:
        return {key_of(one) for one in settings().mail_public_addresses}

    @cached_property
    def _ours(self) -> set[str]:
        return {key_of(one) for one in (settings().mail_address, *settings().mail_aliases) if one}

    @cached_property
    def _plus(self) -> dict[str, tuple[str, ...]]:
        """How the plus forms of our addresses begin, by domain."""
        begin: dict[str, tuple[str, ...]] = {}
        for one in self._ours:
            local, _, domain = one.rpartition("@")
            begin[domain] = (*begin.get(domain, ()), f"{local}+")
        return begin

    def _plus_form(self, key: str) -> bool:
        local, _, domain = key.rpartition("@")
        return any(local.startswith(one) and TAG.fullmatch(local, len(one)) for one in self._plus.get(domain, ()))

    def _made_for_another(self, key: str) -> bool:
        """Whether it is an address or an id of ours that lets its reader, who is not this one, write to a case."""
        token = read_reply_address(key) or read_token(key)
        if token is None:
            return _tagged(key)
        return token.person_id != self.reader.id and token.person_id not in self._former_ids

    @cached_property
    def _former_ids(self) -> set[int]:
        """Of a customer who was merged; one of the team loses nothing when an old id of his is hidden from him."""
        return set() if self.reader.team else ids_of(self.reader)


def _in_letters(domain: str) -> str:
    """A domain as people write it: ``exämple.test`` for ``xn--exmple-cua.test``."""
    return ".".join(_label(one) for one in domain.split(".")) if PUNYCODE in domain else domain


def _label(label: str) -> str:
    try:
        return label[4:].encode().decode("punycode") if label.startswith(PUNYCODE) else label
    except UnicodeError:
        return label


def _token(key: str) -> bool:
    return key.startswith("c.") and read_token(key) is not None


def _tagged(key: str) -> bool:
    """Whether it is a plus form of ours as Casey makes them, though nothing can be read from it now."""
    tag = key.rpartition("@")[0].partition("+")[2]
    return bool(REPLY.fullmatch(tag) or BOUNCE.fullmatch(tag))
