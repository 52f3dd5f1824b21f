"""What is asked of the list of users, in the words of the domain."""

from collections.abc import Mapping
from typing import Any

from app.listing.filters import Condition
from app.people.everybody import being, enabled, in_teams, known_as, numbered
from app.people.models import Role
from app.people.narrowing import of_organizations


def users_asked(asked: Mapping[str, Any]) -> list[Condition]:
    """What holds of the users that are wanted."""
    found: list[Condition] = []
    if "role" in asked:
        found.append(being([Role(one.lower()) for one in asked["role"]]))
    for name, condition in (("team", in_teams), ("organization", of_organizations), ("ids", numbered)):
        if name in asked:
            found.append(condition(asked[name]))
    if "legacy_ids" in asked:
        found.append(known_as(asked["legacy_ids"]))
    if "is_enabled" in asked:
        found.append(enabled(whether=asked["is_enabled"]))
    return found
