"""Labels of a case; the native wire and Kayako's call them tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.errors import Conflict, Invalid
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

if TYPE_CHECKING:
    from app.cases.models import Case

LONGEST_LABEL = 100
MOST_LABELS = 100


class Label(Base):
    """A label, known by its name in lower case."""

    __tablename__ = "labels"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST_LABEL))
    key: Mapped[str] = mapped_column(sa.String(LONGEST_LABEL), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class CaseLabel(Base):
    """That a case has a label; locked when a rule put it there."""

    __tablename__ = "case_labels"
    __table_args__ = (sa.Index("ix_case_labels_label_id_case_id", "label_id", "case_id"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("cases.id"), primary_key=True)
    label_id: Mapped[int] = mapped_column(sa.ForeignKey("labels.id"), primary_key=True)
    locked: Mapped[bool] = mapped_column(default=False)

    label: Mapped[Label] = relationship(lazy="joined", innerjoin=True)


def label_key(name: str) -> str:
    """What a label is known by. Lower case can be longer, as that of some Turkish letters is."""
    return name.strip().lower()[:LONGEST_LABEL]


def labels_of_each(case_ids: Sequence[int]) -> dict[int, dict[int, bool]]:
    """The ids of the labels of each case, by the id of the case, and whether a rule put it there."""
    query = select(CaseLabel.case_id, CaseLabel.label_id, CaseLabel.locked).where(CaseLabel.case_id.in_(case_ids))
    found: dict[int, dict[int, bool]] = {case_id: {} for case_id in case_ids}
    for case_id, label_id, locked in db.session.execute(query.order_by(CaseLabel.label_id)):
        found[case_id][label_id] = locked
    return found


def labels_on_each(case_ids: Sequence[int]) -> dict[int, list[Label]]:
    """The labels of each case, by the id of the case, those that were made first in front."""
    query = select(CaseLabel).where(CaseLabel.case_id.in_(case_ids)).order_by(CaseLabel.label_id)
    found: dict[int, list[Label]] = {case_id: [] for case_id in case_ids}
    for one in db.session.scalars(query):
        found[one.case_id].append(one.label)
    return found


def labels_of(case: Case) -> list[Label]:
    """The same of one case."""
    return labels_on_each([case.id])[case.id]


def labels_named(names: Iterable[str]) -> list[Label]:
    """The labels with these names, made where they are new; each once, in the order given."""
    wanted = {label_key(name): name.strip() for name in names if name.strip()}
    if not wanted:
        return []
    found = {label.key: label for label in db.session.scalars(select(Label).where(Label.key.in_(wanted)))}
    for key, name in wanted.items():
        if key not in found:
            found[key] = Label(name=name, key=key)
            db.session.add(found[key])
    return [found[key] for key in wanted]


def bear_labels(case: Case, names: Iterable[str]) -> list[Label]:
    """Put labels on a case without telling of it, as when it is opened. Returns those that it did not have."""
    has = {one.label.key for one in case.labels}
    new = [label for label in labels_named(names) if label.key not in has]
    case.labels.extend(CaseLabel(label=label) for label in new)
    return new


def attach_labels(case: Case, names: Iterable[str], *, by: Person | None) -> None:
    """Put labels on a case; those it has stay as they are. Raises Invalid when it would have too many."""
    new = bear_labels(case, names)
    if len(case.labels) > MOST_LABELS:
        raise Invalid(f"A case can have at most {MOST_LABELS} labels.", field="tags")
    for label in new:
        record(case, "label_attached", by=by, new=label.name)


def detach_labels(case: Case, names: Iterable[str], *, by: Person | None) -> None:
    """Take labels off a case; those it does not have are none. Raises Conflict for one that a rule put there."""
    unwanted = {label_key(name) for name in names}
    for one in [one for one in case.labels if one.label.key in unwanted]:
        if one.locked:
            raise Conflict(f"A rule put the label {one.label.name} on the case; it cannot be taken off.")
        case.labels.remove(one)
        record(case, "label_detached", by=by, old=one.label.name)


def replace_labels(case: Case, names: Iterable[str], *, by: Person | None) -> None:
    """Leave exactly these labels on a case. Raises Conflict when one is missing that a rule put there."""
    wanted = list(names)
    keys = {label_key(name) for name in wanted}
    detach_labels(case, [one.label.name for one in case.labels if one.label.key not in keys], by=by)
    attach_labels(case, wanted, by=by)


def label_names(case: Case) -> list[str]:
    """What the labels of a case are called, in alphabetical order."""
    return sorted(one.label.name for one in case.labels)
