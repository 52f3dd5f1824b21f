"""What stands in other tables about the cases of a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.api.kayako.finding import person_calling
from app.api.kayako.resources import Ref
from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.digests import Digest, digests_of
from app.cases.field_values import Owners, foresee, said_by_each
from app.cases.labels import Label, labels_on_each
from app.cases.models import Case
from app.mail.sending.reach import Reach, reach_numbered
from app.people.models import IdentityKind, Person
from app.people.present import first_choice, present_each
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

NOBODY = (None, None)


@dataclass(frozen=True)
class Beside:
    """What stands in other tables about the cases of a page, read for all of them at once."""

    digests: Mapping[int, Digest]
    arrived: Mapping[int, Reach]
    people: Mapping[int, tuple[Ref, Ref | None]]
    said: Mapping[int, Sequence[tuple[CustomField, Any]]]
    labels: Mapping[int, Sequence[Label]]
    metrics: Mapping[int, Sequence[SlaMetric]]

    @classmethod
    def of(cls, cases: Sequence[Case], optional: Collection[str]) -> "Beside":
        ids, digests = [one.id for one in cases], digests_of(cases, person_calling())
        people = present_each(id for case in cases for id in _persons_in(case))
        foresee({FieldLevel.CASE: ids, **_owners(people.values())})
        return cls(
            digests,
            reach_numbered([one.message for one in digests.values() if one.message]),
            {id: _named(one) for id, one in people.items()},
            said_by_each(FieldLevel.CASE, ids),
            labels_on_each(ids) if "tags" in optional else {},
            metrics_of_each([one.id for one in cases if one.sla_version_id]),
        )

    def person(self, id: int | None) -> Ref | None:
        """Whoever this is now."""
        return self.people.get(id or 0, NOBODY)[0]

    def identity(self, id: int | None) -> Ref | None:
        """Where he can be written to."""
        return self.people.get(id or 0, NOBODY)[1]


def _owners(people: Collection[Person]) -> Owners:
    """Who else says something in fields, and is asked what where it is opened."""
    companies = {one.organization_id for one in people if one.organization_id}
    return {FieldLevel.PERSON: {one.id for one in people}, FieldLevel.ORGANIZATION: companies}


def _named(person: Person) -> tuple[Ref, Ref | None]:
    """References to somebody and to where he can be written to, made once however often he is named."""
    one = first_choice(person)
    reached = Ref(IDENTITIES[one.kind], one.id, row=one) if one and one.kind in IDENTITIES else None
    return Ref("user", person.id, row=person), reached


def _persons_in(case: Case) -> list[int | None]:
    return [case.creator_id, case.requester_id, case.assignee_id, *(getattr(case, one) for one in PERSONS.values())]
