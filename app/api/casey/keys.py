"""API keys."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.keys import NewKey
from app.api.casey.views.keys import KeyAnswer, NewKeyAnswer, key_view
from app.api.casey.views.shapes import page, page_of
from app.errors import Invalid, NotFound
from app.people.access import Act
from app.people.credentials import create_key, key_by_uuid, keys_page, revoke_key
from app.people.models import Person, Role
from app.people.persons import person_by_uuid


@route("/api-keys", "POST", Act.MANAGE_KEYS, takes=NewKey, answers=NewKeyAnswer, status=201, secret=True)
def create(new: Json) -> Answer:
    """Make a key. The answer shows it this one time."""
    if new["role"] is Role.CUSTOMER:
        raise Invalid("Keys are for the team; this must be collaborator or agent or admin or owner.", field="role")
    key, secret = create_key(new["name"], new["role"], person=_person(new["person"]), by=caller())
    return {**key_view(key), "key": secret}


def _person(uuid: UUID | None) -> Person | None:
    try:
        return person_by_uuid(uuid) if uuid else None
    except NotFound as error:
        raise Invalid(error.message, field="person") from None


@route("/api-keys", "GET", Act.MANAGE_KEYS, asks=Page, answers=page_of(KeyAnswer))
def index(asked: Json) -> Answer:
    """Keys from the oldest on, revoked ones too."""
    found = keys_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([key_view(key) for key in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/api-keys/<uuid:uuid>", "DELETE", Act.MANAGE_KEYS, answers=KeyAnswer)
def revoke(uuid: UUID) -> Answer:
    """Revoke a key; it opens nothing from now on."""
    key = key_by_uuid(uuid)
    revoke_key(key, by=caller())
    return key_view(key)
