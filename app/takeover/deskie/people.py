"""Staff, groups and users of an account of Deskie, as persons and teams."""

from app.extensions import db
from app.people.models import IdentityKind
from app.people.persons import block_person, disable_person
from app.takeover.answers import Json
from app.takeover.models import local_id, note
from app.takeover.people import PERSON, Contacts, customer_with, member_with, take_team

KINDS = {
    "user_email": IdentityKind.EMAIL,
    "user_phone": IdentityKind.PHONE,
    "user_whatsapp_phone": IdentityKind.WHATSAPP,
    "user_custom_id": IdentityKind.CUSTOM,
    **{f"user_{kind}": kind for kind in IdentityKind if kind not in {IdentityKind.EMAIL, IdentityKind.PHONE}},
}


def take_staff(takeover_id: int, row: Json) -> bool:
    """A staff member. Says whether he is new."""
    number = int(row["staff_id"])
    if local_id(takeover_id, PERSON, number) is not None:
        return False
    person, new = member_with(row["staff_email"], row["staff_full_name"])
    db.session.flush()
    note(takeover_id, PERSON, number, person.id)
    return new


def take_group(takeover_id: int, row: Json) -> bool:
    """A group. Says whether it is new."""
    return take_team(takeover_id, int(row["group_id"]), row["group_title"])


def take_user(takeover_id: int, row: Json) -> bool:
    """A user, with all his contacts. Who has one of them here already is the same person, as he is here.

    Says whether he is new; then he is put away here if he was there.
    """
    number = int(row["user_id"])
    if local_id(takeover_id, PERSON, number) is not None:
        return False
    person, new = customer_with(_contacts(takeover_id, row), row.get("user_full_name") or "")
    db.session.flush()
    if new and row.get("active") is False:
        block_person(person, by=None)
    if new and row.get("deleted") is True:
        disable_person(person, by=None)
    note(takeover_id, PERSON, number, person.id)
    return new


def _contacts(takeover_id: int, row: Json) -> Contacts:
    """Where the user is reached; of one who is reached nowhere, his number there."""
    found = [(kind, _value(row, name)) for name, kind in KINDS.items() if row.get(name)]
    return found or [(IdentityKind.CUSTOM, f"deskie:{takeover_id}.{row['user_id']}")]


def _value(row: Json, name: str) -> str:
    """A contact; ids of a custom channel are unique within the channel alone."""
    channel = row.get("user_custom_channel") if name == "user_custom_id" else None
    return f"{channel}:{row[name]}" if channel else str(row[name])
