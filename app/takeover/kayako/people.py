"""Teams, organizations and users of an account of Kayako."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TypeVar

from sqlalchemy import select

from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fill_fields
from app.errors import CaseyError
from app.extensions import db
from app.people.identities import add_identity
from app.people.models import IdentityKind, Organization, Person, Team
from app.people.nameless import LONGEST_NAME
from app.people.organizations import change_organization, create_organization
from app.people.persons import disable_person
from app.people.profile import describe_person, join_organization
from app.people.teams import add_member
from app.takeover.answers import Json
from app.takeover.kayako.fields import OwnFields
from app.takeover.models import local_id, note
from app.takeover.people import PERSON, TEAM, Contacts, customer_with, member_with, take_team

T = TypeVar("T")

ORGANIZATION = "organization"
CUSTOMER = "CUSTOMER"
KINDS = (
    ("emails", "email", IdentityKind.EMAIL),
    ("phones", "number", IdentityKind.PHONE),
    ("twitter", "screen_name", IdentityKind.TWITTER),
    ("facebook", "user_name", IdentityKind.FACEBOOK),
)
# What a user has to be shown with, so that he can be taken over.
WHOLE_USERS = "user,role,identity_email,identity_phone,identity_twitter,identity_facebook,locale"


def take_titled(takeover_id: int, row: Json) -> bool:
    """A team. Says whether it is new."""
    return take_team(takeover_id, int(row["id"]), row["title"])


class Everybody:
    """Takes over organizations and users, who say something in the account's own fields."""

    def __init__(self, fields: OwnFields) -> None:
        self.fields = fields

    def take_organization(self, takeover_id: int, row: Json) -> bool:
        """An organization. One of the same name is the same, as it is here. Says whether it is new."""
        number, name = int(row["id"]), row["name"].strip()[:LONGEST_NAME]
        if local_id(takeover_id, ORGANIZATION, number) is not None:
            return False
        called = select(Organization).where(Organization.name == name, Organization.deleted_at.is_(None))
        found = db.session.scalars(called.order_by(Organization.id).limit(1)).first()
        organization = found or create_organization(name, {}, by=None)
        if found is None:
            self._describe_organization(organization, row)
        note(takeover_id, ORGANIZATION, number, organization.id)
        return found is None

    def _describe_organization(self, organization: Organization, row: Json) -> None:
        domains = [one["domain"] for one in row.get("domains") or ()]
        addresses = [one["address1"] for one in row.get("addresses") or () if one.get("address1")]
        change_organization(organization, {"address": addresses[0] if addresses else ""}, by=None)
        with suppress(CaseyError):  # what is no domain to us
            change_organization(organization, {"domains": domains}, by=None)
        said = self.fields.said(FieldLevel.ORGANIZATION, row.get("custom_fields") or ())
        fill_fields(FieldLevel.ORGANIZATION, organization, said, by=None)

    def take_user(self, takeover_id: int, row: Json) -> bool:
        """A user, with all his contacts. Who has one of them here already is the same person, as he is here.

        Says whether he is new; then he is put away here if he was there, or is of the team.
        """
        number = int(row["id"])
        if local_id(takeover_id, PERSON, number) is not None:
            return False
        person, new = _person(takeover_id, row)
        db.session.flush()
        if new:
            self._describe_user(takeover_id, person, row)
        note(takeover_id, PERSON, number, person.id)
        return new

    def _describe_user(self, takeover_id: int, person: Person, row: Json) -> None:
        for facts in _facts(row):
            with suppress(CaseyError):  # a language or a time zone that nobody here knows
                describe_person(person, facts, by=None)
        organization = _local(takeover_id, ORGANIZATION, Organization, row.get("organization"))
        if organization is not None:
            join_organization(person, organization, by=None)
        for team in row.get("teams") or () if person.team else ():
            found = _local(takeover_id, TEAM, Team, team)
            if found is not None:
                add_member(found, person, by=None)
        said = self.fields.said(FieldLevel.PERSON, row.get("custom_fields") or ())
        fill_fields(FieldLevel.PERSON, person, said, by=None)
        if row.get("is_enabled") is False:
            disable_person(person, by=None)


def _person(takeover_id: int, row: Json) -> tuple[Person, bool]:
    contacts, name = _contacts(takeover_id, row), row.get("full_name") or ""
    first, email = contacts[0]
    if row["role"]["type"] == CUSTOMER or first is not IdentityKind.EMAIL:
        return customer_with(contacts, name)
    person, new = member_with(email, name)
    for kind, value in contacts[1:] if new else ():
        with suppress(CaseyError):  # one that is no good, or somebody else's
            add_identity(person, kind, value, by=None)
    return person, new


def _contacts(takeover_id: int, row: Json) -> Contacts:
    """Where the user is reached, the first choices first; of one who is reached nowhere, his number there."""
    found = [
        (kind, str(one[name]))
        for several, name, kind in KINDS
        for one in sorted(row.get(several) or (), key=lambda one: not one.get("is_primary"))
        if one.get(name)
    ]
    return found or [(IdentityKind.CUSTOM, f"kayako:{takeover_id}.{row['id']}")]


def _facts(row: Json) -> Iterator[Json]:
    """What is said of him besides, each for itself."""
    locale = row.get("locale")
    said = {
        "designation": (row.get("designation") or "")[:LONGEST_NAME],
        "signature": row.get("signature"),
        "language": locale.get("locale") if isinstance(locale, dict) else locale,
        "time_zone": row.get("time_zone"),
    }
    return ({name: value} for name, value in said.items() if isinstance(value, str) and value)


def _local(takeover_id: int, kind: str, model: type[T], ref: Json | None) -> T | None:
    """What is here for something that a row names, unless it is gone."""
    number = local_id(takeover_id, kind, int(ref["id"])) if ref else None
    found = db.session.get(model, number) if number else None
    return None if found is None or getattr(found, "deleted_at", None) else found
