"""Where people are reached: e-mail addresses, telephones, and accounts of Twitter and Facebook. All kinds have the same
routes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Unpack

from marshmallow import Schema

from app.api.auth import caller
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset
from app.api.kayako.resources import Resource
from app.api.kayako.routing import Answer, Json, Options, View, route
from app.api.kayako.schemas.identities import (
    Identities,
    IdentityChange,
    NewEmail,
    NewFacebook,
    NewPhone,
    NewTwitter,
)
from app.api.kayako.schemas.people import Named
from app.api.kayako.views.identities import KINDS
from app.api.ranks import check_rank
from app.mail.sending.suppression import lift_suppression
from app.people.access import Act
from app.people.everybody import somebody_numbered
from app.people.identities import add_identity, prefer_identity, remove_identity
from app.people.identities_by_number import identities_page, identity_numbered
from app.people.models import Identity, IdentityKind
from app.people.persons import person_numbered
from app.people.validating import unvalidate_identity, validate_identity

SCOPE = "users"


@dataclass(frozen=True)
class Wire:
    """How the wire speaks of a kind: in its address, and under which name a new one is said."""

    kind: IdentityKind
    plural: str
    value: str
    takes: type[Schema]

    @property
    def shows(self) -> Resource:
        return KINDS[self.kind]

    def route(self, rest: str, method: str, **options: Unpack[Options]) -> Callable[[View], View]:
        """Declare a route of this kind, which is named after it."""
        act = Act.READ_PERSONS if method == "GET" else Act.CHANGE_PERSONS
        options["scope"] = SCOPE
        declare = route(f"/identities/{self.plural}{rest}", method, act, **options)

        def decorate(view: View) -> View:
            view.__name__ = f"{self.plural}_{view.__name__}"
            return declare(view)

        return decorate


WIRES: Sequence[Wire] = (
    Wire(IdentityKind.EMAIL, "emails", "email", NewEmail),
    Wire(IdentityKind.PHONE, "phones", "number", NewPhone),
    Wire(IdentityKind.TWITTER, "twitter", "screen_name", NewTwitter),
    Wire(IdentityKind.FACEBOOK, "facebook", "user_name", NewFacebook),
)


def _reading(wire: Wire) -> None:
    @wire.route("", "GET", asks=Identities, shows=wire.shows, many=True)
    def index(asked: Json) -> Answer:
        """Those of a user, the first choice first, or of everybody."""
        page = Offset.asked(asked)
        person = somebody_numbered(asked["user_id"]) if "user_id" in asked else None
        found = identities_page(wire.kind, person, page)
        return Many(wire.shows, found.rows, found.total, page)

    @wire.route("/<id>", "GET", shows=wire.shows)
    def show(id: str) -> Answer:
        """One."""
        return One(wire.shows, identity_numbered(wire.kind, number_in(id)))


def _writing(wire: Wire) -> None:
    @wire.route("", "POST", takes=wire.takes, shows=wire.shows, status=201)
    def create(new: Json) -> Answer:
        """Have a user reached there, too."""
        person = person_numbered(new["user_id"], field="user_id")
        check_rank(person.role)
        identity = add_identity(person, wire.kind, new[wire.value], by=caller().person, field=wire.value)
        _change(identity, new)
        return One(wire.shows, identity)

    @wire.route("/<id>", "PUT", takes=IdentityChange, shows=wire.shows)
    def update(id: str, new: Json) -> Answer:
        """Make it the first choice, or note whether it is his."""
        identity = _for_change(wire.kind, number_in(id))
        _change(identity, new)
        return One(wire.shows, identity)


def _removing(wire: Wire) -> None:
    @wire.route("/<id>", "DELETE")
    def delete(id: str) -> Answer:
        """Have him reached there no more."""
        remove_identity(_for_change(wire.kind, number_in(id)), by=caller().person)
        return Done()

    @wire.route("", "DELETE", asks=Named)
    def delete_several(asked: Json) -> Answer:
        """The same of several, all of them or none."""
        for number in asked["ids"]:
            remove_identity(_for_change(wire.kind, number), by=caller().person)
        return Done(len(asked["ids"]))


def _for_change(kind: IdentityKind, number: int) -> Identity:
    """Raises NotFound, Forbidden for that of somebody above the caller."""
    identity = identity_numbered(kind, number)
    check_rank(identity.person.role)
    return identity


def _change(identity: Identity, new: Json) -> None:
    by = caller().person
    if new.get("is_primary"):
        prefer_identity(identity, by=by)
    if "is_validated" in new:
        (validate_identity if new["is_validated"] else unvalidate_identity)(identity, by=by)
    if new.get("is_notification_enabled") and identity.kind is IdentityKind.EMAIL:
        lift_suppression(identity.value, by=by)


for _wire in WIRES:
    _reading(_wire)
    _writing(_wire)
    _removing(_wire)
