"""Having less to do with an organization: using it no longer, blocking its people, deleting it."""

import sqlalchemy as sa

from app.clock import now
from app.events import record
from app.extensions import db
from app.people.models import Organization, Person
from app.people.organizations import told


def disable_organization(organization: Organization, *, by: Person | None) -> None:
    """Use an organization no longer: nobody joins it by his address, and its team is given no cases."""
    if organization.disabled_at is None:
        organization.disabled_at = now()
        record(organization, "organization_disabled", by=by)


def enable_organization(organization: Organization, *, by: Person | None) -> None:
    """Use an organization again, with the people and domains it has."""
    if organization.disabled_at is not None:
        organization.disabled_at = None
        record(organization, "organization_enabled", by=by)


def block_organization(organization: Organization, *, by: Person | None) -> None:
    """Have nothing more to do with its customers: meanwhile each of them is as if he were blocked himself."""
    if organization.blocked_at is None:
        organization.blocked_at = now()
        record(organization, "organization_blocked", by=by)


def unblock_organization(organization: Organization, *, by: Person | None) -> None:
    """Let its customers write and be written to again. Who was blocked himself stays so."""
    if organization.blocked_at is not None:
        organization.blocked_at = None
        record(organization, "organization_unblocked", by=by)


def delete_organization(organization: Organization, *, by: Person | None) -> None:
    """Delete an organization: its people belong to none from now on; what its cases say of it stays."""
    if organization.deleted_at is not None:
        return
    record(organization, "organization_deleted", by=by, old=told(organization))
    organization.deleted_at, organization.external_id, organization.domains = now(), None, []
    db.session.execute(sa.update(Person).where(Person.organization_id == organization.id).values(organization_id=None))
