"""What is noted of users and organizations: one note of each, to which more is added."""

from app.api.auth import caller
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.organizations import organization_at
from app.api.kayako.people import under_their_names
from app.api.kayako.resources import Resource
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.people import NewPersonNote, PersonNoteChange
from app.api.kayako.users import user_at
from app.api.kayako.views.notes_of_people import ORGANIZATION_NOTE, USER_NOTE
from app.api.ranks import check_rank
from app.errors import NotFound
from app.people.access import Act
from app.people.models import Person
from app.people.notes import Noted, add_to_note, keep_note

SCOPE = "users"
USERS, ORGANIZATIONS = "/users/<owner>/notes", "/organizations/<owner>/notes"


@route(USERS, "GET", Act.READ_PERSONS, shows=USER_NOTE, many=True, scope=SCOPE)
def of_user(owner: str) -> Answer:
    """What is noted of a user, if anything is."""
    return _all(USER_NOTE, user_at(owner))


@route(f"{USERS}/<note>", "GET", Act.READ_PERSONS, shows=USER_NOTE, scope=SCOPE)
def show_of_user(owner: str, note: str) -> Answer:
    """The same by its number."""
    return One(USER_NOTE, _noted(user_at(owner), note))


@route(USERS, "POST", Act.CHANGE_PERSONS, takes=NewPersonNote, shows=USER_NOTE, status=201, scope=SCOPE)
def add_to_user(owner: str, new: Json) -> Answer:
    """Have something noted of a user, below what is noted already."""
    return _added(USER_NOTE, _for_change(owner), new)


@route(f"{USERS}/<note>", "PUT", Act.CHANGE_PERSONS, takes=PersonNoteChange, shows=USER_NOTE, scope=SCOPE)
def change_of_user(owner: str, note: str, new: Json) -> Answer:
    """Have something else noted of a user."""
    return _changed(USER_NOTE, _noted(_for_change(owner), note), new)


@route(ORGANIZATIONS, "GET", Act.READ_PERSONS, shows=ORGANIZATION_NOTE, many=True, scope=SCOPE)
def of_organization(owner: str) -> Answer:
    """What is noted of an organization, if anything is."""
    return _all(ORGANIZATION_NOTE, organization_at(owner))


@route(f"{ORGANIZATIONS}/<note>", "GET", Act.READ_PERSONS, shows=ORGANIZATION_NOTE, scope=SCOPE)
def show_of_organization(owner: str, note: str) -> Answer:
    """The same by its number."""
    return One(ORGANIZATION_NOTE, _noted(organization_at(owner), note))


@route(ORGANIZATIONS, "POST", Act.CHANGE_PERSONS, takes=NewPersonNote, shows=ORGANIZATION_NOTE, status=201, scope=SCOPE)
def add_to_organization(owner: str, new: Json) -> Answer:
    """Have something noted of an organization, below what is noted already."""
    return _added(ORGANIZATION_NOTE, organization_at(owner), new)


@route(
    f"{ORGANIZATIONS}/<note>", "PUT", Act.CHANGE_PERSONS, takes=PersonNoteChange, shows=ORGANIZATION_NOTE, scope=SCOPE
)
def change_of_organization(owner: str, note: str, new: Json) -> Answer:
    """Have something else noted of an organization."""
    return _changed(ORGANIZATION_NOTE, _noted(organization_at(owner), note), new)


def _for_change(owner: str) -> Person:
    """Raises NotFound, Forbidden for somebody above the caller."""
    person = user_at(owner)
    check_rank(person.role)
    return person


def _noted(owner: Noted, note: str) -> Noted:
    if number_in(note) != owner.id or not owner.note:
        raise NotFound("There is no such note.")
    return owner


def _all(kind: Resource, owner: Noted) -> Answer:
    found = [owner] if owner.note else []
    return Many(kind, found, len(found))


def _added(kind: Resource, owner: Noted, new: Json) -> Answer:
    with under_their_names(note="contents"):
        add_to_note(owner, new["contents"], by=caller().person)
    return One(kind, owner)


def _changed(kind: Resource, owner: Noted, new: Json) -> Answer:
    if "contents" in new:
        with under_their_names(note="contents"):
            keep_note(owner, new["contents"], by=caller().person)
    return One(kind, owner)
