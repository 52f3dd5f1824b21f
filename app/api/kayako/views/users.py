"""Users on Kayako's wire: customers and the team alike."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from app.api.kayako.resources import Json, Resource, reference
from app.api.kayako.views.field_values import told_values
from app.api.kayako.views.identities import identity_refs
from app.api.kayako.views.roles import access_to_cases, role_ref
from app.api.kayako.views.teams import team_refs
from app.api.kayako.views.user_shape import MinimalShape, UserShape
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.field_values import said_by_each
from app.clock import now
from app.people.everybody import whoever
from app.people.memberships import with_teams
from app.people.models import IdentityKind, Person
from app.people.zones import local

# Casey has no chats, no passwords and no pictures, and asks nobody whether he is there.
UNKNOWN: Mapping[str, None] = dict.fromkeys(
    (
        "status_message",
        "last_seen_user_agent",
        "last_seen_ip",
        "last_seen_at",
        "realtime_channel",
        "password_updated_at",
        "avatar_updated_at",
        "last_logged_in_at",
    )
)


Said = Mapping[int, Sequence[tuple[CustomField, Any]]]


def _users(rows: Sequence[Person], optional: Collection[str]) -> list[Json]:
    with_teams(rows)
    unknown = {**UNKNOWN, **dict.fromkeys(optional)}
    said = said_by_each(FieldLevel.PERSON, [one.id for one in rows])
    return [{**_who(one), **_belonging(one, said), **_reading(one), **unknown, **_dates(one)} for one in rows]


def _who(person: Person) -> Json:
    return {
        "id": person.id,
        "uuid": str(person.uuid),
        "full_name": person.name,
        "legacy_id": person.external_id,
        "designation": person.designation or None,
        "is_enabled": not (person.disabled_at or person.blocked_at or person.deleted_at),
        "is_mfa_enabled": False,
        "role": role_ref(person.role),
        "avatar": None,
        **access_to_cases(person.role),
    }


def _belonging(person: Person, said: Said) -> Json:
    """To whom he belongs, and where he is reached."""
    reached = identity_refs(person.identities)
    return {
        "organization": reference("organization", person.organization_id),
        "teams": team_refs(person.teams),
        "emails": reached[IdentityKind.EMAIL],
        "phones": reached[IdentityKind.PHONE],
        "twitter": reached[IdentityKind.TWITTER],
        "facebook": reached[IdentityKind.FACEBOOK],
        "external_identifiers": _external(person),
        "addresses": [],
        "websites": [],
        "custom_fields": told_values(said[person.id]),
        "pinned_notes_count": 0,
    }


def _external(person: Person) -> list[Json]:
    if person.external_id is None:
        return []
    return [{"id": person.id, "identifier": person.external_id, "resource_type": "identity_external"}]


def _reading(person: Person) -> Json:
    """How he reads, and what stands below what he writes."""
    offset = local(now(), person).utcoffset() if person.time_zone else None
    return {
        "locale": person.language.lower() if person.language else None,
        "time_zone": person.time_zone,
        "time_zone_offset": int(offset.total_seconds()) if offset is not None else None,
        "greeting": None,
        "signature": person.signature or None,
    }


def _dates(person: Person) -> Json:
    return {
        "last_active_at": person.updated_at,
        "last_activity_at": person.last_contact_at,
        "created_at": person.created_at,
        "updated_at": person.updated_at,
    }


def _minimal(rows: Sequence[Person], _optional: Collection[str]) -> list[Json]:
    return [{"id": one.id, "full_name": one.name} for one in rows]


MINIMAL = Resource("user_minimal", MinimalShape, _minimal)
USER = Resource("user", UserShape, _users, whoever, path="users/{}", optional=frozenset({"presence_channel"}))
