"""What each role may do. Everything not named here is denied."""

from enum import StrEnum

from app.people.models import Role


class Act(StrEnum):
    """What can be done, each by a role and those above it."""

    READ_CASES = "read_cases"
    WRITE_CASES = "write_cases"
    SAVE_FILTERS = "save_filters"
    SHARE_FILTERS = "share_filters"
    READ_PERSONS = "read_persons"
    CHANGE_PERSONS = "change_persons"
    FEED_MAIL = "feed_mail"
    READ_MAIL = "read_mail"
    ADMIT_MAIL = "admit_mail"
    MANAGE_KEYS = "manage_keys"
    READ_CONFIG = "read_config"
    CHANGE_CONFIG = "change_config"


NEEDED: dict[Act, Role] = {
    Act.READ_CASES: Role.COLLABORATOR,
    Act.WRITE_CASES: Role.COLLABORATOR,
    Act.SAVE_FILTERS: Role.AGENT,
    Act.SHARE_FILTERS: Role.ADMIN,
    Act.READ_PERSONS: Role.COLLABORATOR,
    Act.CHANGE_PERSONS: Role.ADMIN,
    Act.FEED_MAIL: Role.ADMIN,
    Act.READ_MAIL: Role.AGENT,
    Act.ADMIT_MAIL: Role.AGENT,
    Act.MANAGE_KEYS: Role.ADMIN,
    Act.READ_CONFIG: Role.ADMIN,
    Act.CHANGE_CONFIG: Role.ADMIN,
}


def can(role: Role, act: Act) -> bool:
    """Whether this role may do this."""
    return role.rank >= NEEDED[act].rank
