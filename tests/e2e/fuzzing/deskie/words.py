"""What members of bodies and queries are to say in Deskie's dialect, so that something is done."""

from datetime import timedelta
from typing import Any

from app.clock import now
from tests.e2e.fuzzing.hooks import TURNS, one_of
from tests.e2e.fuzzing.memory import READY, things_at

# The members that name things, and where these are.
NAMED = {
    **dict.fromkeys(("user_id", "participant_id"), "/users/{}"),
    **dict.fromkeys(("staff_id", "note_staff_id", "rating_staff_id", "rated_staff_id"), "/staff/{}"),
    **dict.fromkeys(("group_id", "company_default_group", "category_default_group", "replace_group_id"), "/groups/{}"),
    **dict.fromkeys(("labels", "add_labels", "delete_labels"), "/labels/{}"),
    "company_id": "/companies/{}",
    "category_id": "/ideas_category/{}",
}
CHANNELS = ("web", "email", "idea", "telegram")
PASTS = ("created_at", *(f"{end}_{what}time" for end in ("from", "to") for what in ("", "updated_", "last_contact_")))


def wanted(path: str, turn: int) -> dict[str, Any]:
    """What each member is to say in this turn."""
    named = {name: one_of(things_at(address), turn + 1) for name, address in NAMED.items()}
    return {
        **{name: thing[0] for name, thing in named.items() if thing},
        **_contacts(TURNS.total()),
        **dict.fromkeys(PASTS, "2021-12-01 09:30:00"),
        "send_at": (now() + timedelta(days=30)).isoformat(),
        "custom_fields": {READY["user field" if path.startswith("/users") else "case field"][0][0]: "any,empty"},
        "replace_staff_id": READY["own staff"][0][0],
        "role_id": 1 + turn % 4,
        "language_id": 1 + turn % 40,
        "channel": CHANNELS[turn % len(CHANNELS)],
        "page": 1 + turn % 3,
        "limit": 100 - turn % 100,
    }


def _contacts(number: int) -> dict[str, str]:
    """Where nobody else is reached."""
    return {
        "user_email": f"somebody.{number}@other.tld",
        "staff_email": f"somebody.{number}@team.tld",
        "user_phone": f"+4930{number:08}",
        "user_whatsapp_phone": f"+4940{number:08}",
        "user_custom_channel": "cch1",
    }
