"""What members of bodies and queries are to say in Kayako's dialect, so that something is done."""

from typing import Any

from tests.e2e.fuzzing.hooks import TURNS, one_of
from tests.e2e.fuzzing.memory import READY, things_at

# The members that name things, and where these are.
NAMED = {
    **dict.fromkeys(("user_id", "requester_id", "creator_id", "exclude"), "/users/{}"),
    **dict.fromkeys(("assigned_agent_id", "agent_id", "agent_ids"), "agent"),
    **dict.fromkeys(("assigned_team_id", "team_ids", "team", "in"), "/teams/{}"),
    **dict.fromkeys(("organization_id", "organization"), "/organizations/{}"),
    **dict.fromkeys(("case_ids", "after_id", "before_id"), "/cases/{}"),
    "status_id": "/cases/statuses/{}",
    "type_id": "/cases/types/{}",
    "form_id": "/cases/forms/{}",
    "field_ids": "/cases/fields/{}",
    "attachment_file_ids": "/files/{}",
    "tags": "/tags/{}",
    "query": "text",
}
KINDS = ("*", "user,team,role", "case,case_status,channel", "identity_email,post,organization,case_field")
SELECTIONS = ("+tags,id", "status(label),subject", "-id,*", "id,requester(+full_name,role(title))", "updated_at")
CHANNELS = ("MAIL", "NOTE", "TWITTER", "HELPCENTER")
FILTERS = ("ALL", "MESSAGES,NOTES", "ACTIVITIES", "MAIL")
RESOURCES = ("cases", "users,organizations")
FIELDS = ("users.fullname", "roles.type", "users.organizationid", "identityemails.address")
OPERATORS = ("comparison_equalto", "comparison_not_equalto", "string_contains_insensitive")


def wanted(path: str, turn: int) -> dict[str, Any]:
    """What each member is to say in this turn."""
    named = {name: one_of(things_at(address), turn + 1) for name, address in NAMED.items()}
    return {
        **{name: thing[0] for name, thing in named.items() if thing},
        **({"attachment_file_ids": ""} if turn % 3 else {}),
        **_wishes(turn),
        **contacts(TURNS.total()),
        **_about_people(path, turn),
        "ids": ",".join(one[0] for one in things_at(f"{path}/{{}}")[: 1 + turn % 3]) or "0",
        "channel": CHANNELS[turn % len(CHANNELS)],
        "channel_id": None,
        "channel_options": {"cc": f"guest.{turn}@other.tld", "html": bool(turn % 2)},
        "brand_id": 1,
        "priority_id": turn % 5,
        "status": ("NEW", "OPEN", "PENDING")[turn % 3],
        "priority": ("LOW", "HIGH")[turn % 2],
        "filters": FILTERS[turn % len(FILTERS)],
        "resources": RESOURCES[turn % len(RESOURCES)],
        "start_time": "2021-12-01T09:30:00+05:00",
        "offset": turn % 3,
        "limit": 1 + turn % 100,
    }


def _wishes(turn: int) -> dict[str, Any]:
    """How the answer is to look."""
    return {
        "include": KINDS[turn % len(KINDS)],
        "fields": SELECTIONS[turn % len(SELECTIONS)],
        "_case": "snake",  # what is described has these letters
        "_flat": ("true", "false")[turn % 2],
        "_empty": ("false", "true")[turn % 2],
    }


def contacts(number: int) -> dict[str, Any]:
    """Where nobody else is reached, and names that nobody else has."""
    return {
        "email": f"somebody.{number}@other.tld",
        "number": f"+4930{number:08}",
        "screen_name": f"somebody{number}",
        "user_name": f"somebody{number}",
        "domain": f"other{number}.tld",
        "domains": f"others{number}.tld",
        "legacy_id": f"L-{number}",
        "url": f"https://shop.example.com/{number}",
        "key": f"field_{number}",
        "title": f"Title {number}",
    }


def _about_people(path: str, turn: int) -> dict[str, Any]:
    """Roles, what is said of people in fields of the operator's own, predicates, and how whoever acts signs in."""
    [login, secret] = READY["login"][0]
    said = {"field": FIELDS[turn % len(FIELDS)], "operator": OPERATORS[turn % len(OPERATORS)], "value": "1"}
    return {
        "role_id": 1 + turn % 5,
        "time_zone": "Europe/Berlin",
        "locale": "de",
        "is_enabled": True,
        "field_values": {} if path.startswith("/cases") else {"city": "Berlin"},
        "predicates": {"collections": [{"propositions": [said]}]},
        "grant_type": "password",
        "username": login,
        "password": secret,
        "scope": "users conversations",
    }
