"""API keys."""

from uuid import UUID

from app.api.auth import caller
from app.api.casey.routing import Answer, route
from app.api.casey.schemas import NewKey, Page
from app.api.casey.views import key_view, page
from app.api.wire import body, query
from app.errors import Invalid, NotFound
from app.people.access import Act
from app.people.credentials import create_key, key_by_uuid, keys_page, revoke_key
from app.people.models import Person, Role
from app.people.persons import person_by_uuid
from app.transaction import transaction


@route("/api-keys", "POST", Act.MANAGE_KEYS)
def create() -> Answer:
    """Make a key. The answer shows it this one time."""
    new = body(NewKey())
    if new["role"] is Role.CUSTOMER:
        raise Invalid("Keys are for the team; this must be collaborator or agent or admin or owner.", field="role")
    with transaction():
        key, secret = create_key(new["name"], new["role"], person=_person(new["person"]), by=caller())
        return {**key_view(key), "key": secret}, 201


def _person(uuid: UUID | None) -> Person | None:
    try:
        return person_by_uuid(uuid) if uuid else None
    except NotFound as error:
        raise Invalid(error.message, field="person") from None


@route("/api-keys", "GET", Act.MANAGE_KEYS)
def index() -> Answer:
    """Keys from the oldest on, revoked ones too."""
    asked = query(Page())
    found = keys_page(after=asked["cursor"] or 0, limit=asked["limit"])
    return page([key_view(key) for key in found], found[-1].id if len(found) == asked["limit"] else None), 200


@route("/api-keys/<uuid:uuid>", "DELETE", Act.MANAGE_KEYS)
def revoke(uuid: UUID) -> Answer:
    """Revoke a key; it opens nothing from now on."""
    with transaction():
        key = key_by_uuid(uuid)
        revoke_key(key, by=caller())
        return key_view(key), 200
