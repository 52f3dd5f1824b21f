"""What is known of a person himself. What the team noted about him is not told."""

from sqlalchemy import select

from app.cases.custom_fields import FieldLevel
from app.cases.field_values import fields_of
from app.export.facts import Json, moment
from app.export.sight import Sight
from app.extensions import db
from app.people.linking import linked_with
from app.people.models import Identity, Person, Team, TeamMember

ABOUT = ("name", "role", "language", "time_zone", "designation", "signature", "chat_signature")
SAID = (*ABOUT, "alias", "unwanted_mails", "external_id", "meta")
MOMENTS = ("created_at", "updated_at", "last_contact_at", "disabled_at", "blocked_at")


def told_profile(person: Person) -> Json:
    """Who he is, where he can be reached, what is kept of him, and to what he belongs."""
    said = {
        **{name: getattr(person, name) for name in SAID},
        "fields": fields_of(FieldLevel.PERSON, person.id),
        "organization": person.organization.name if person.organization else None,
        "teams": _teams(person),
    }
    return {
        "uuid": str(person.uuid),
        **Sight(person)(said),
        "identities": [_identity(one) for one in person.identities],
        "linked": [str(one.uuid) for one in linked_with(person)],
        **{name: moment(getattr(person, name)) for name in MOMENTS},
    }


def _teams(person: Person) -> list[str]:
    mine = select(Team.name).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.person_id == person.id)
    return list(db.session.scalars(mine.where(Team.deleted_at.is_(None)).order_by(Team.name)))


def _identity(identity: Identity) -> Json:
    times = {name: moment(getattr(identity, name)) for name in ("validated_at", "suppressed_at", "created_at")}
    return {"kind": identity.kind, "value": identity.value, "primary": identity.primary, **times}
