"""What is known of a person besides name, address and role."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import db
from app.people.meta import merged_meta
from app.people.models import TEAM_ROLES, Organization, Person
from app.people.wishes import in_order
from app.people.wording import clean_alias, clean_language, clean_time_zone, one_line

LONGEST_NOTE = 20_000

Clean = Callable[[Person, Any], Any]


def _external_id(person: Person, text: str | None) -> str | None:
    """An id in a system of the integrator's own. Raises Conflict, with the person's uuid, for one that is taken."""
    if text is None:
        return None
    text = one_line(text, field="external_id")
    owner = db.session.scalar(select(Person).where(Person.external_id == text, Person.id != person.id))
    if owner is not None:
        raise Conflict(f"{owner.name} has this id already.", field="external_id", person=str(owner.uuid))
    return text


def _alias(person: Person, text: str) -> str:
    """What customers call somebody of the team. Raises Invalid for what another active member is called."""
    alias = clean_alias(text)
    if alias and alias != person.alias and person.team:
        others = select(Person.name, Person.alias).where(Person.role.in_(TEAM_ROLES), Person.id != person.id)
        present = Person.disabled_at.is_(None), Person.blocked_at.is_(None), Person.deleted_at.is_(None)
        taken = {called.casefold() for names in db.session.execute(others.where(*present)) for called in names}
        if alias.casefold() in taken:
            raise Invalid("Somebody else of the team is called this.", field="alias")
    return alias


MEMBERS: Mapping[str, Clean] = {
    "external_id": _external_id,
    "language": lambda _, text: clean_language(text) if text is not None else None,
    "time_zone": lambda _, text: clean_time_zone(text) if text is not None else None,
    "designation": lambda _, text: one_line(text, field="designation"),
    "signature": lambda _, text: text,
    "chat_signature": lambda _, text: text,
    "alias": lambda person, text: _alias(person, text),
    "unwanted_mails": lambda _, topics: in_order(topics),
    "note": lambda _, text: text,
    "meta": lambda person, changes: merged_meta(person.meta, changes),
}


def describe_person(person: Person, changes: Mapping[str, Any], *, by: Person | None) -> None:
    """Change what is known of a person: any of MEMBERS; ``meta`` is merged key by key.

    Raises Invalid, or Conflict for an ``external_id`` that is taken.
    """
    wanted = {name: MEMBERS[name](person, value) for name, value in changes.items()}
    new = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if not new:
        return
    old = {name: getattr(person, name) for name in new}
    for name, value in new.items():
        setattr(person, name, value)
    record(person, "person_described", by=by, old=old, new=new)


def join_organization(person: Person, organization: Organization | None, *, by: Person | None) -> None:
    """Let a person belong to an organization, or to none."""
    was, person.organization = person.organization, organization
    if was is not organization:
        record(person, "person_organization_changed", by=by, old=_uuid(was), new=_uuid(organization))


def _uuid(organization: Organization | None) -> str | None:
    return str(organization.uuid) if organization else None
