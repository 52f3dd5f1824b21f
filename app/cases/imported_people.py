"""Whoever is named in a case that is taken over from elsewhere."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from app.people.addresses import clean_address, key_of
from app.people.models import Person, Role
from app.people.persons import create_person, disable_person, find_or_create_person, find_person, person_by_uuid


class People:
    """The persons of one case by their addresses, each looked up once."""

    def __init__(self, *, by: Person | None) -> None:
        self._by = by
        self._known: dict[str, Person] = {}

    def person(self, given: Mapping[str, Any], *, field: str) -> Person:
        """The person of a description; a new one when there is none. Raises Invalid, naming the field."""
        key = key_of(given["email"])
        if key not in self._known:
            self._known[key] = self._found(given, field)
        return self._known[key]

    def _found(self, given: Mapping[str, Any], field: str) -> Person:
        """Who is said to be of the team becomes a member of it, disabled: who may act here is decided here.

        Somebody who is here already may be named by his uuid, since not everybody has an address.
        """
        with suppress(ValueError):
            return person_by_uuid(UUID(given["email"]))
        address, name = clean_address(given["email"], field=field), given.get("name", "")
        known = find_person(address)
        if known is not None or not given.get("team"):
            return known or find_or_create_person(address, name, field=field)
        person = create_person(name, address, role=Role.COLLABORATOR, by=self._by, field=field)
        disable_person(person, by=self._by)
        return person

    def known(self, address: str | None) -> Person | None:
        """Somebody who has been here already, or is in the case."""
        return self.person({"email": address}, field="rated") if address and self._here(address) else None

    def _here(self, address: str) -> bool:
        return "@" not in address or find_person(address) is not None
