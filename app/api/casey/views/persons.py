"""Persons, and people where they are mentioned."""

from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_part,
    a_text,
    a_uuid,
    a_word,
    an_object,
    many,
    moment,
)
from app.cases.models import Participant
from app.cases.proposals import Proposal
from app.people.models import Identity, IdentityKind, MailTopic, Organization, Person, Role
from app.people.profile import MEMBERS


class IdentityAnswer(Shape):
    """Where a person can be reached."""

    uuid = a_uuid()
    kind = a_word(IdentityKind)
    value = a_text()
    primary = a_flag("Whether it is the first choice among those of its kind.")
    validated_at = a_moment(null=True)
    suppressed_at = a_moment(null=True, help="Since when nothing is sent there, because mail came back.")
    created_at = a_moment()


def identity_view(identity: Identity) -> Json:
    """Where a person can be reached."""
    return {
        "uuid": str(identity.uuid),
        "kind": identity.kind,
        "value": identity.value,
        "primary": identity.primary,
        "validated_at": moment(identity.validated_at),
        "suppressed_at": moment(identity.suppressed_at),
        "created_at": moment(identity.created_at),
    }


class OrganizationBrief(Shape):
    """An organization where one is mentioned."""

    uuid = a_uuid()
    name = a_text()


def organization_brief(organization: Organization | None) -> Json | None:
    """An organization where one is mentioned."""
    return {"uuid": str(organization.uuid), "name": organization.name} if organization else None


class PersonAnswer(Shape):
    """A person."""

    uuid = a_uuid()
    name = a_text()
    email = a_text(null=True)
    team = a_flag()
    role = a_word(Role)
    disabled = a_flag()
    blocked = a_flag()
    language = a_text(null=True)
    time_zone = a_text(null=True)
    designation = a_text()
    signature = a_text()
    chat_signature = a_text()
    alias = a_text(help="What customers call a member of the team; empty, it is the name.")
    unwanted_mails = many(a_word(MailTopic), help="Mails that a member of the team does not get.")
    note = a_text()
    external_id = a_text(null=True)
    organization = a_part(OrganizationBrief, null=True)
    meta = an_object()
    identities = many(IdentityAnswer)
    last_contact_at = a_moment(null=True, help="When he last wrote, if he is a customer.")
    created_at = a_moment()


def person_view(person: Person) -> Json:
    """A person, with all addresses."""
    return {
        "uuid": str(person.uuid),
        "name": person.name,
        "email": person.email,
        "team": person.team,
        "role": person.role,
        "disabled": person.disabled_at is not None,
        "blocked": person.blocked_at is not None,
        **{name: getattr(person, name) for name in MEMBERS},
        "organization": organization_brief(person.organization),
        "identities": [identity_view(one) for one in person.identities],
        "last_contact_at": moment(person.last_contact_at),
        "created_at": moment(person.created_at),
    }


class PersonBrief(Shape):
    """A person where one is mentioned."""

    uuid = a_uuid()
    name = a_text()
    email = a_text(null=True)
    team = a_flag()


def person_brief(person: Person | None) -> Json | None:
    """A person where one is mentioned."""
    if person is None:
        return None
    return {"uuid": str(person.uuid), "name": person.name, "email": person.email, "team": person.team}


class ParticipantAnswer(PersonBrief):
    """A person in a case, with the name the others see."""

    alias = a_text()
    joined_at = a_moment()
    removed_at = a_moment(null=True)
    muted_at = a_moment(null=True)


def participant_view(participant: Participant) -> Json:
    """A person in a case, with the name the others see."""
    return {
        **(person_brief(participant.person) or {}),
        "alias": participant.alias,
        "joined_at": moment(participant.joined_at),
        "removed_at": moment(participant.removed_at),
        "muted_at": moment(participant.muted_at),
    }


class ProposalAnswer(Shape):
    """Somebody to whom a mail was copied."""

    email = a_text()
    name = a_text()
    proposed_by = a_part(PersonBrief)
    created_at = a_moment()


def proposal_view(proposal: Proposal) -> Json:
    """Somebody to whom a mail was copied, and who wrote that mail."""
    return {
        "email": proposal.address,
        "name": proposal.name,
        "proposed_by": person_brief(proposal.proposed_by),
        "created_at": moment(proposal.created_at),
    }
