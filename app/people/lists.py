"""What can be asked of the list of persons."""

from sqlalchemy import ColumnElement, select

from app.listing import Filter, Listing, moments, parted, texts, words
from app.listing.filters import Asker
from app.people.addresses import key_of
from app.people.filters import organizations
from app.people.models import TEAM_ROLES, Identity, IdentityKind, Person, Role


def _of_the_team(text: str, _me: Asker | None) -> ColumnElement[bool]:
    if text not in {"true", "false"}:
        raise ValueError("must be true or false")
    return Person.role == Role.CUSTOMER if text == "false" else Person.role.in_(TEAM_ROLES)


def _addressed(text: str, _me: Asker | None) -> ColumnElement[bool]:
    keys = {key_of(one) for one in parted(text)}
    known = Identity.kind == IdentityKind.EMAIL, Identity.key.in_(keys)
    return Person.id.in_(select(Identity.person_id).where(*known))


PERSONS = Listing(
    Person,
    filters={
        "team": Filter(_of_the_team, "true for the team, false for customers.", "true", "^(true|false)$"),
        "role": words(Person.role, Role),
        "email": Filter(_addressed, "Addresses, of which a person has one or more.", "some.user@other.tld"),
        "name": texts(Person.name, "Ben Foo"),
        "organization": organizations(Person.organization_id),
        "external_id": texts(Person.external_id, "u-4711"),
        "created_at": moments(Person.created_at),
        "updated_at": moments(Person.updated_at),
        "last_contact_at": moments(Person.last_contact_at),
    },
    sorts={
        "created_at": Person.created_at,
        "updated_at": Person.updated_at,
        "name": Person.name,
        "last_contact_at": Person.last_contact_at,
    },
    sort="created_at",
    always=lambda: (Person.deleted_at.is_(None),),
)
