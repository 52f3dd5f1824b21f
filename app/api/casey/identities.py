"""Where persons can be reached."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.persons import person_for_change
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.persons import NewIdentity
from app.api.casey.views.persons import PersonAnswer, person_view
from app.mail.sending.suppression import lift_suppression
from app.people.access import Act
from app.people.identities import add_identity, identity_of, prefer_identity, remove_identity


@route(
    "/persons/<uuid:uuid>/identities", "POST", Act.CHANGE_PERSONS, takes=NewIdentity, answers=PersonAnswer, status=201
)
def add(uuid: UUID, new: Json) -> Answer:
    """Give a person a further address; ``primary`` true makes it the first choice."""
    person, by = person_for_change(uuid), caller().person
    identity = add_identity(person, new["kind"], new["value"], by=by)
    if new["primary"]:
        prefer_identity(identity, by=by)
    return person_view(person)


@route("/persons/<uuid:uuid>/identities/<uuid:identity>", "DELETE", Act.CHANGE_PERSONS, answers=PersonAnswer)
def remove(uuid: UUID, identity: UUID) -> Answer:
    """Take an address away from a person; mail that still waits goes to the primary one."""
    person = person_for_change(uuid)
    remove_identity(identity_of(person, identity), by=caller().person)
    return person_view(person)


@route("/persons/<uuid:uuid>/identities/<uuid:identity>/primary", "POST", Act.CHANGE_PERSONS, answers=PersonAnswer)
def prefer(uuid: UUID, identity: UUID) -> Answer:
    """Make an address the first choice; from now on mail goes there."""
    person = person_for_change(uuid)
    prefer_identity(identity_of(person, identity), by=caller().person)
    return person_view(person)


@route("/persons/<uuid:uuid>/identities/<uuid:identity>/restore", "POST", Act.CHANGE_PERSONS, answers=PersonAnswer)
def restore(uuid: UUID, identity: UUID) -> Answer:
    """Write again to an address whose mail came back."""
    person = person_for_change(uuid)
    lift_suppression(identity_of(person, identity).value, by=caller().person)
    return person_view(person)
