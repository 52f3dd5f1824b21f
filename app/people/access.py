"""What each role may do. Everything not named here is denied."""

from enum import StrEnum

from app.people.models import Role


class Act(StrEnum):
    """What can be done, each by a role and those above it."""

    READ_CASES = "read_cases"
    WRITE_CASES = "write_cases"
    BULK = "bulk"
    IMPORT_CASES = "import_cases"
    EXPORT_CASES = "export_cases"
    DISCARD_CASES = "discard_cases"
    PURGE_CASES = "purge_cases"
    CHANGE_STATUSES = "change_statuses"
    CHANGE_LABELS = "change_labels"
    CHANGE_FIELDS = "change_fields"
    CHANGE_CATEGORIES = "change_categories"
    CHANGE_SLAS = "change_slas"
    MERGE_CASES = "merge_cases"
    CHANGE_POSTS_OF_OTHERS = "change_posts_of_others"
    SAVE_FILTERS = "save_filters"
    SHARE_FILTERS = "share_filters"
    CAN_ANSWERS = "can_answers"
    SHARE_ANSWERS = "share_answers"
    READ_PERSONS = "read_persons"
    CHANGE_PERSONS = "change_persons"
    READ_EVENTS = "read_events"
    FEED_MAIL = "feed_mail"
    READ_MAIL = "read_mail"
    READ_RAW_MAIL = "read_raw_mail"
    ADMIT_MAIL = "admit_mail"
    MANAGE_WEBHOOKS = "manage_webhooks"
    CHANGE_TEAMS = "change_teams"
    READ_OWN_KEY = "read_own_key"
    MANAGE_KEYS = "manage_keys"
    PROTECT_PRIVACY = "protect_privacy"
    READ_AUDIT = "read_audit"
    READ_CONFIG = "read_config"
    CHANGE_CONFIG = "change_config"


NEEDED: dict[Act, Role] = {
    Act.READ_CASES: Role.COLLABORATOR,
    Act.WRITE_CASES: Role.COLLABORATOR,
    Act.BULK: Role.AGENT,
    Act.IMPORT_CASES: Role.ADMIN,
    Act.EXPORT_CASES: Role.ADMIN,
    Act.DISCARD_CASES: Role.AGENT,
    Act.PURGE_CASES: Role.ADMIN,
    Act.CHANGE_STATUSES: Role.ADMIN,
    Act.CHANGE_LABELS: Role.ADMIN,
    Act.CHANGE_FIELDS: Role.ADMIN,
    Act.CHANGE_CATEGORIES: Role.ADMIN,
    Act.CHANGE_SLAS: Role.ADMIN,
    Act.MERGE_CASES: Role.AGENT,
    Act.CHANGE_POSTS_OF_OTHERS: Role.AGENT,
    Act.SAVE_FILTERS: Role.AGENT,
    Act.SHARE_FILTERS: Role.ADMIN,
    Act.CAN_ANSWERS: Role.AGENT,
    Act.SHARE_ANSWERS: Role.ADMIN,
    Act.READ_PERSONS: Role.COLLABORATOR,
    Act.CHANGE_PERSONS: Role.ADMIN,
    Act.READ_EVENTS: Role.AGENT,
    Act.FEED_MAIL: Role.ADMIN,
    Act.READ_MAIL: Role.AGENT,
    Act.READ_RAW_MAIL: Role.ADMIN,  # what it quotes may hold links of others, by which one acts under their names
    Act.ADMIT_MAIL: Role.AGENT,
    Act.MANAGE_WEBHOOKS: Role.ADMIN,
    Act.CHANGE_TEAMS: Role.ADMIN,
    Act.READ_OWN_KEY: Role.COLLABORATOR,
    Act.MANAGE_KEYS: Role.ADMIN,
    Act.PROTECT_PRIVACY: Role.ADMIN,
    Act.READ_AUDIT: Role.ADMIN,
    Act.READ_CONFIG: Role.ADMIN,
    Act.CHANGE_CONFIG: Role.ADMIN,
}


def can(role: Role, act: Act) -> bool:
    """Whether this role may do this."""
    return role.rank >= NEEDED[act].rank
