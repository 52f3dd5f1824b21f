"""Roles and statuses of staff on Deskie's wire. The numbers are ours, and never change."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import Invalid
from app.people.models import Person, Role

ROLES: Mapping[int, Role] = {1: Role.COLLABORATOR, 2: Role.AGENT, 3: Role.ADMIN, 4: Role.OWNER}


@dataclass(frozen=True)
class StaffStatus:
    """Whether somebody is there."""

    number: int
    word: str


# Nobody is asked whether he is there: he is written to, and answers when he can. So whoever may act is online.
ONLINE, OFFLINE = StaffStatus(1, "online"), StaffStatus(2, "offline")
STATUSES = (ONLINE, OFFLINE)


def status_of(person: Person) -> StaffStatus:
    """Offline is who is disabled."""
    return ONLINE if person.active else OFFLINE


def role_numbered(number: int) -> Role:
    """Raises Invalid."""
    if number not in ROLES:
        raise Invalid("There is no role with this id. GET /api/staff_roles.json lists them.", field="role_id")
    return ROLES[number]
