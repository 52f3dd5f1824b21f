"""Staff, groups and users of an account, as persons and teams."""

from sqlalchemy import select

from app.errors import CaseyError, Invalid
from app.extensions import db
from app.people.identities import add_identity, find_or_create_with, person_with
from app.people.models import IdentityKind, Person, Role, Team
from app.people.persons import block_person, create_person, disable_person, find_person
from app.people.teams import create_team
from app.takeover.models import local_id, note
from app.takeover.source import Json

KINDS = {
    "user_email": IdentityKind.EMAIL,
    "user_phone": IdentityKind.PHONE,
    "user_whatsapp_phone": IdentityKind.WHATSAPP,
    "user_custom_id": IdentityKind.CUSTOM,
    **{f"user_{kind}": kind for kind in IdentityKind if kind not in {IdentityKind.EMAIL, IdentityKind.PHONE}},
}


def take_staff(takeover_id: int, row: Json) -> bool:
    """A staff member. Who is new here is disabled: who may act is decided here. Says whether he is new."""
    number = int(row["staff_id"])
    if local_id(takeover_id, "person", number) is not None:
        return False
    person = find_person(row["staff_email"])
    new = person is None
    if person is None:
        person = create_person(row["staff_full_name"], row["staff_email"], role=Role.COLLABORATOR, by=None)
        disable_person(person, by=None)
    db.session.flush()
    note(takeover_id, "person", number, person.id)
    return new


def take_group(takeover_id: int, row: Json) -> bool:
    """A group. One of the same name is the same team. Says whether it is new."""
    number = int(row["group_id"])
    if local_id(takeover_id, "group", number) is not None:
        return False
    team = db.session.scalar(select(Team).where(Team.name == row["group_title"]))
    new = team is None
    if team is None:
        team = create_team(row["group_title"], {}, by=None)
    db.session.flush()
    note(takeover_id, "group", number, team.id)
    return new


def take_user(takeover_id: int, row: Json) -> bool:
    """A user, with all his contacts. Who has one of them here already is the same person, as he is here.

    Says whether he is new; then he is put away here if he was there.
    """
    number = int(row["user_id"])
    if local_id(takeover_id, "person", number) is not None:
        return False
    contacts = _contacts(row)
    new = all(person_with(kind, value) is None for kind, value in contacts)
    person = _person(row, contacts)
    db.session.flush()
    if new and row.get("active") is False:
        block_person(person, by=None)
    if new and row.get("deleted") is True:
        disable_person(person, by=None)
    note(takeover_id, "person", number, person.id)
    return new


def _contacts(row: Json) -> list[tuple[IdentityKind, str]]:
    """Where the user is reached; of one who is reached nowhere, his number there."""
    found = [(kind, _value(row, name)) for name, kind in KINDS.items() if row.get(name)]
    return found or [(IdentityKind.CUSTOM, f"deskie:{row['user_id']}")]


def _value(row: Json, name: str) -> str:
    """A contact; ids of a custom channel are unique within the channel alone."""
    channel = row.get("user_custom_channel") if name == "user_custom_id" else None
    return f"{channel}:{row[name]}" if channel else str(row[name])


def _person(row: Json, contacts: list[tuple[IdentityKind, str]]) -> Person:
    person: Person | None = None
    for kind, value in contacts:
        try:
            if person is None:
                person = find_or_create_with(kind, value, row.get("user_full_name") or "", field="user")
            else:
                add_identity(person, kind, value, by=None)
        except CaseyError:
            continue  # a contact that is no good, or somebody else's, is left out; the others are kept
    if person is None:
        raise Invalid(f"No contact of the user {row['user_id']} can be taken over.")
    return person
