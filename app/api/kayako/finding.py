"""Finding what an address names."""

import re
from collections.abc import Mapping
from typing import Any

from app.api.auth import caller
from app.api.kayako.envelope import One
from app.api.kayako.errors import NotAvailable, NotSignedIn
from app.api.kayako.resources import Resource
from app.api.lenient import LARGEST_ID
from app.cases.models import Case, Post
from app.cases.queries import case_numbered, check_not_merged, locked
from app.cases.timeline_pages import entries_numbered
from app.errors import NotFound
from app.extensions import Base
from app.people.memberships import SizedTeam
from app.people.models import Person

DIGITS = re.compile(r"[0-9]+", re.ASCII)
ID = re.compile(r"[0-9]{1,10}", re.ASCII)


def number_in(address: str) -> int:
    """The id that a part of an address is. Raises NotAvailable for what is no number, NotFound for one too large."""
    if not DIGITS.fullmatch(address):
        raise NotAvailable("Here the address must have an id, which is a number, or an action that there is.")
    if not ID.fullmatch(address) or int(address) > LARGEST_ID:
        raise NotFound("There is nothing with an id as large as this.")
    return int(address)


def one_at(resource: Resource, address: str) -> One:
    """The thing with the id that is a part of an address. Raises NotFound."""
    return One(resource, found_at(resource, address))


def found_at(resource: Resource, address: str) -> Any:
    """The same for whoever changes it."""
    number = number_in(address)
    found = resource.load([number])
    if number not in found:
        raise NotFound(f"There is no {resource.kind} with this id.")
    return found[number]


def case_at(address: str) -> Case:
    """The case with the id that is a part of an address. Raises NotFound."""
    return case_numbered(number_in(address))


def case_to_change(case: str | int) -> Case:
    """The same, for whoever changes it. Raises NotFound, Conflict for a merged one."""
    found = locked(case_at(case) if isinstance(case, str) else case_numbered(case))
    check_not_merged(found)
    return found


def held_for(found: object, address: Mapping[str, str]) -> Base | None:
    """The row that whoever changes what was found at an address holds first: its case, where it is on one."""
    if "case" in address:
        return case_at(address["case"])
    row = found.row if isinstance(found, One) else None
    row = row.team if isinstance(row, SizedTeam) else getattr(row, "case", row)
    return row if isinstance(row, Base) else None


def person_calling() -> Person:
    """Whose key it is. Everybody who signs in here has one of his own."""
    person = caller().person
    if person is None:
        raise NotSignedIn("This needs the key of a person.")
    return person


def post_at(address: str) -> Post:
    """The message or note with the id that is a part of an address, on whatever case. Raises NotFound."""
    number = number_in(address)
    found = entries_numbered([number]).get(number)
    if not isinstance(found, Post):
        raise NotFound("There is no message or note with this id.")
    return found
