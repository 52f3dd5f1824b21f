"""API keys."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.keys import KeyChange, NewKey
from app.api.casey.views.keys import KeyAnswer, NewKeyAnswer, key_view
from app.api.casey.views.shapes import page, page_of
from app.api.naming import named
from app.errors import Invalid
from app.people.access import Act
from app.people.credentials import change_key, create_key, key_by_uuid, keys_page, revoke_key
from app.people.models import Role
from app.people.persons import person_by_uuid


@route("/api-keys", "POST", Act.MANAGE_KEYS, takes=NewKey, answers=NewKeyAnswer, status=201, secret=True)
def create(new: Json) -> Answer:
    """Make a key. The answer shows it this one time."""
    if new["role"] is Role.CUSTOMER:
        raise Invalid("Keys are for the team; this must be collaborator or agent or admin or owner.", field="role")
    key, secret = create_key(
        new["name"],
        new["role"],
        person=named(new["person"], person_by_uuid, field="person"),
        scopes=new["scopes"],
        expires_at=new["expires_at"],
        by=caller(),
    )
    return {**key_view(key), "key": secret}


@route("/api-keys", "GET", Act.MANAGE_KEYS, asks=Page, answers=page_of(KeyAnswer))
def index(asked: Json) -> Answer:
    """Keys from the oldest on, revoked ones too."""
    found = keys_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([key_view(key) for key in found], found[-1].id if len(found) == asked["limit"] else None)


@route("/api-keys/self", "GET", Act.READ_OWN_KEY, answers=KeyAnswer)
def show_own() -> Answer:
    """The key that asks: what it may do, until when, and whose it is."""
    return key_view(caller())


@route("/api-keys/<uuid:uuid>", "GET", Act.MANAGE_KEYS, answers=KeyAnswer)
def show(uuid: UUID) -> Answer:
    """One key."""
    return key_view(key_by_uuid(uuid))


@route("/api-keys/<uuid:uuid>", "PATCH", Act.MANAGE_KEYS, takes=KeyChange, answers=KeyAnswer)
def change(uuid: UUID, new: Json) -> Answer:
    """Change the name or the end of a key."""
    key = key_by_uuid(uuid)
    change_key(key, new, by=caller())
    return key_view(key)


@route("/api-keys/<uuid:uuid>", "DELETE", Act.MANAGE_KEYS, answers=KeyAnswer)
def revoke(uuid: UUID) -> Answer:
    """Revoke a key; it opens nothing from now on."""
    key = key_by_uuid(uuid)
    revoke_key(key, by=caller())
    return key_view(key)
