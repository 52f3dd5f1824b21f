"""Roles. There are five, and nobody makes another one."""

from app.api.kayako.envelope import Many
from app.api.kayako.finding import found_at, one_at
from app.api.kayako.routing import Answer, route
from app.api.kayako.views.roles import PERMISSION, ROLE, ROLES, permissions_of
from app.people.access import Act

SCOPE = "users"


@route("/roles", "GET", Act.READ_PERSONS, shows=ROLE, many=True, scope=SCOPE)
def index() -> Answer:
    """Every role."""
    return Many(ROLE, [*ROLES.values()], len(ROLES))


@route("/roles/<role>", "GET", Act.READ_PERSONS, shows=ROLE, scope=SCOPE)
def show(role: str) -> Answer:
    """One role."""
    return one_at(ROLE, role)


@route("/roles/<role>/permissions", "GET", Act.READ_PERSONS, shows=PERMISSION, many=True, scope=SCOPE)
def permissions(role: str) -> Answer:
    """What there is to be done, and whether the role may do it."""
    found = permissions_of(found_at(ROLE, role))
    return Many(PERMISSION, found, len(found))
