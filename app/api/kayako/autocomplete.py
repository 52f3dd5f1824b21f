"""Completing what somebody has begun to write."""

from app.api.kayako.envelope import Many
from app.api.kayako.paging import limit_of
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.search import Completed, CompletedAddresses, CompletedUsers
from app.api.kayako.views.identities import EMAIL
from app.api.kayako.views.organizations import ORGANIZATION
from app.api.kayako.views.tags import TAG
from app.api.kayako.views.users import USER
from app.cases.known_labels import labels_like
from app.people.access import Act
from app.people.completing import addresses_like, organizations_like, persons_like
from app.people.models import Role

SCOPE = "users"


@route("/autocomplete/emails", "GET", Act.READ_PERSONS, asks=CompletedAddresses, shows=EMAIL, many=True, scope=SCOPE)
def emails(asked: Json) -> Answer:
    """E-mail addresses with this piece."""
    found = addresses_like(asked["address"].strip(), limit_of(asked))
    return Many(EMAIL, found, len(found))


@route("/autocomplete/tags", "GET", Act.READ_CASES, asks=Completed, shows=TAG, many=True)
def tags(asked: Json) -> Answer:
    """Tags that begin so."""
    found = labels_like(asked["name"], limit_of(asked))
    return Many(TAG, found, len(found))


@route(
    "/autocomplete/organizations", "GET", Act.READ_PERSONS, asks=Completed, shows=ORGANIZATION, many=True, scope=SCOPE
)
def organizations(asked: Json) -> Answer:
    """Organizations with this piece in their names."""
    found = organizations_like(asked["name"].strip(), limit_of(asked))
    return Many(ORGANIZATION, found, len(found))


@route("/autocomplete/users", "GET", Act.READ_PERSONS, asks=CompletedUsers, shows=USER, many=True, scope=SCOPE)
def users(asked: Json) -> Answer:
    """Users with this piece in their names or addresses, of these roles, and none of those."""
    roles = [Role(one.removesuffix("S").lower()) for one in asked["within"]] if "within" in asked else [*Role]
    found = persons_like(asked["name"].strip(), roles, asked["but"], limit_of(asked))
    return Many(USER, found, len(found))
