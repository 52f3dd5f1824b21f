"""Noting that somebody has shown an identity to be his, or that he has not."""

from app.clock import now
from app.events import record
from app.people.models import Identity, Person


def validate_identity(identity: Identity, *, by: Person | None) -> None:
    """Note that it is his, as somebody of the team knows. What is noted already stays as it is."""
    if identity.validated_at is None:
        identity.validated_at = now()
        record(identity.person, "identity_validated", by=by, new={"uuid": str(identity.uuid), "kind": identity.kind})


def unvalidate_identity(identity: Identity, *, by: Person | None) -> None:
    """Note that nobody knows whether it is his."""
    if identity.validated_at is not None:
        identity.validated_at = None
        record(identity.person, "identity_unvalidated", by=by, old={"uuid": str(identity.uuid), "kind": identity.kind})
