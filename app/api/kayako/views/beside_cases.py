"""What stands in other tables about the cases of a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api.kayako.finding import person_calling
from app.api.kayako.resources import Ref, reference
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.digests import Digest, digests_of
from app.cases.field_values import said_by_each
from app.cases.forms import default_form_id
from app.cases.labels import Label, labels_on_each
from app.cases.models import Case
from app.cases.read_markers import ReadSoFar, read_so_far
from app.cases.types import type_numbers
from app.mail.sending.reach import Reach, reach_numbered
from app.people.models import IdentityKind
from app.people.present import Present, present_each
from app.sla.metrics import metrics_of_each
from app.sla.models import SlaMetric

IDENTITIES: Mapping[IdentityKind, str] = {
    IdentityKind.EMAIL: "identity_email",
    IdentityKind.PHONE: "identity_phone",
    IdentityKind.TWITTER: "identity_twitter",
    IdentityKind.FACEBOOK: "identity_facebook",
}
# By what they are called on this wire: the persons that are on the row of a case.
PERSONS: Mapping[str, str] = {
    name: f"{name}_id"
    for name in ("last_assigned_by", "last_replier", "last_completed_by", "last_updated_by", "last_closed_by")
}


@dataclass(frozen=True)
class Beside:
    """What stands in other tables about the cases of a page, read for all of them at once."""

    digests: Mapping[int, Digest]
    arrived: Mapping[int, Reach]
    people: Mapping[int, Present]
    said: Mapping[int, Sequence[tuple[CustomField, Any]]]
    labels: Mapping[int, Sequence[Label]]
    types: Mapping[str, int]
    form: int | None
    metrics: Mapping[int, Sequence[SlaMetric]]
    read: Mapping[int, ReadSoFar]

    @classmethod
    def of(cls, cases: Sequence[Case], optional: Collection[str]) -> "Beside":
        ids, digests = [one.id for one in cases], digests_of(cases)
        return cls(
            digests,
            reach_numbered([one.message for one in digests.values() if one.message]),
            present_each(person for case in cases for person in _persons_in(case)),
            said_by_each(FieldLevel.CASE, ids),
            labels_on_each(ids) if "tags" in optional else {},
            type_numbers({one.type for one in cases if one.type}),
            default_form_id(),
            metrics_of_each([one.id for one in cases if one.sla_version_id]),
            read_so_far(ids, person_calling()),
        )

    def person(self, id: int | None) -> Ref | None:
        """Whoever this is now."""
        found = self.people.get(id or 0)
        return reference("user", found.id) if found else None

    def identity(self, id: int | None) -> Ref | None:
        """Where he can be written to."""
        found = self.people.get(id or 0)
        one = found.identity if found else None
        return Ref(IDENTITIES[one.kind], one.id, row=one) if one and one.kind in IDENTITIES else None


def _persons_in(case: Case) -> list[int | None]:
    return [case.creator_id, case.requester_id, case.assignee_id, *(getattr(case, one) for one in PERSONS.values())]
