"""Keeping the addresses of the team and of other participants away from customers.

Whole addresses only: ``ben@x.test`` is not in ``ruben@x.test``. What stays is the reader's own address and what nobody
here is known by.
"""

import re
from collections.abc import Iterable

from app.cases.models import Case
from app.config import settings
from app.people.addresses import is_ours, key_of
from app.people.models import Person
from app.people.persons import owners_of

ADDRESS = re.compile(r"[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
SEPARATORS = re.compile(r"[!#$%&'*/=?^`{|}~.]+")


def _readings(found: str) -> list[str]:
    """What a find may mean, longest first: in ``to=ben@x.test`` the address may be all of it or begin behind a sign."""
    text = found.rstrip("-")
    local = text.rpartition("@")[0]
    starts = [0, *(sign.end() for sign in SEPARATORS.finditer(local))]
    return [text[start:] for start in starts if start < len(local)]


def addresses_in(text: str) -> set[str]:
    """Everything in a text that can be read as an e-mail address, in lower case."""
    return {key_of(reading) for found in set(ADDRESS.findall(text)) for reading in _readings(found)}


def foreign_addresses(text: str, *, reader: Person, case: Case) -> set[str]:
    """The addresses in a text that this customer must not see: those of the team and of others in the case."""
    found = {address for address in addresses_in(text) if not is_ours(address)}
    inside = {one.person_id for one in case.participants}
    return {
        address
        for address, person in owners_of(found).items()
        if person.id != reader.id and (person.team or person.id in inside)
    }


def mask(text: str, *, reader: Person, case: Case) -> str:
    """The text with every foreign address replaced by the support address; unchanged for the team."""
    if reader.team:
        return text
    return _replaced(text, foreign_addresses(text, reader=reader, case=case))


def _replaced(text: str, hidden: Iterable[str]) -> str:
    hide = set(hidden)

    def one(match: re.Match[str]) -> str:
        seen = next((reading for reading in _readings(match[0]) if key_of(reading) in hide), None)
        return match[0].replace(seen, settings().mail_address) if seen else match[0]

    return ADDRESS.sub(one, text) if hide else text
