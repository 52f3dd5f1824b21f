"""Roles on Kayako's wire, and what each may do. Their numbers are ours, and never change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text
from app.people.access import Act, can
from app.people.models import Role

NUMBERS: Mapping[Role, int] = {
    Role.ADMIN: 1,
    Role.AGENT: 2,
    Role.COLLABORATOR: 3,
    Role.CUSTOMER: 4,
    Role.OWNER: 5,
}
ROLES: Mapping[int, Role] = {number: role for role, number in NUMBERS.items()}
# Whoever is of the team may see every case; a customer sees those that he is in.
ALL, REQUESTED = "ALL", "REQUESTED"


class RoleShape(Shape):
    """A role."""

    id = a_number()
    title = a_text()
    type = a_text("ADMIN, AGENT, COLLABORATOR, CUSTOMER or OWNER.")
    is_system = a_flag()
    agent_case_access = a_text(none=True)
    created_at = a_moment()
    updated_at = a_moment()


class PermissionShape(Shape):
    """Whether a role may do something."""

    name = a_text("What is done, as the native API calls it.")
    value = a_flag()


@dataclass(frozen=True)
class Permission:
    """An act, and whether a role may do it."""

    act: Act
    given: bool


def permissions_of(role: Role) -> list[Permission]:
    """What there is to be done, and whether this role may do it."""
    return [Permission(act, can(role, act)) for act in Act]


def role_ref(role: Role) -> Ref:
    """A reference to a role."""
    return Ref("role", NUMBERS[role], row=role)


def access_to_cases(role: Role) -> Json:
    """Which cases somebody sees, under one name for the team and another one for customers."""
    customer = role is Role.CUSTOMER
    return {
        "agent_case_access": None if customer else ALL,
        "organization_case_access": REQUESTED if customer else None,
    }


def _roles(rows: Sequence[Role], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": NUMBERS[one],
            "title": one.capitalize(),
            "type": one.upper(),
            "is_system": True,
            "agent_case_access": access_to_cases(one)["agent_case_access"],
            "created_at": None,
            "updated_at": None,
        }
        for one in rows
    ]


def _permissions(rows: Sequence[Permission], _optional: Collection[str]) -> list[Json]:
    return [{"name": one.act, "value": one.given} for one in rows]


ROLE = Resource(
    "role",
    RoleShape,
    _roles,
    lambda ids: {number: role for number, role in ROLES.items() if number in ids},
    path="roles/{}",
)
PERMISSION = Resource("permission", PermissionShape, _permissions)
