"""The labels there are, on how many cases each is, and making, renaming and deleting them."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import delete, func, select

from app.cases.labels import CaseLabel, Label, label_key
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.listing.numbered import Counted, Numbered, counted
from app.people.models import Person

COUNT = select(func.count()).where(CaseLabel.label_id == Label.id).scalar_subquery()


def labels_page(*, after: int, limit: int) -> list[tuple[Label, int]]:
    """Labels in the order of their ids, from the one behind ``after`` on, each with the number of its cases."""
    query = select(Label, COUNT).where(Label.id > after).order_by(Label.id).limit(limit)
    return [(label, count) for label, count in db.session.execute(query)]


def numbered_labels(page: Numbered) -> Counted[Label]:
    """The same by the number of the page, without counting cases."""
    return counted(select(Label).order_by(Label.id), page)


def labels_like(beginning: str, limit: int) -> Sequence[Label]:
    """Labels whose names begin so, whatever their case, in alphabetical order."""
    query = select(Label).where(Label.key.startswith(label_key(beginning), autoescape=True))
    return db.session.scalars(query.order_by(Label.key).limit(limit)).all()


def label_by_id(number: int) -> Label:
    """Raises NotFound."""
    label = db.session.get(Label, number)
    if label is None:
        raise NotFound("There is no label with this id.")
    return label


def case_count(label: Label) -> int:
    """On how many cases a label is."""
    return db.session.scalar(select(COUNT).where(Label.id == label.id)) or 0


def _named(name: str) -> Label | None:
    return db.session.scalar(select(Label).where(Label.key == label_key(name)))


def label_by_name(name: str) -> Label:
    """The label with this name, whatever its case. Raises NotFound."""
    label = _named(name)
    if label is None:
        raise NotFound("There is no such label.")
    return label


def labels_called(names: Iterable[str]) -> list[Label]:
    """Those of the labels with these names that there are."""
    return list(db.session.scalars(select(Label).where(Label.key.in_([label_key(one) for one in names]))))


def labels_by_id(ids: Collection[int]) -> dict[int, Label]:
    """The labels with these ids, as far as they are there."""
    return {one.id: one for one in db.session.scalars(select(Label).where(Label.id.in_(ids)))}


def labels_numbered(ids: Sequence[int], *, field: str) -> list[Label]:
    """The labels with these ids, in the order given. Raises Invalid when one of them is not there."""
    found = {one.id: one for one in db.session.scalars(select(Label).where(Label.id.in_(ids)))}
    if missing := [str(one) for one in ids if one not in found]:
        raise Invalid(f"There is no label with the id {missing[0]}.", field=field)
    return [found[one] for one in ids]


def create_label(name: str, *, by: Person | None) -> Label:
    """Make a label. Raises Conflict for a name that is taken."""
    _check_free(name)
    label = Label(name=name.strip(), key=label_key(name))
    db.session.add(label)
    record(label, "label_created", by=by, new=label.name)
    return label


def rename_label(label: Label, name: str, *, by: Person | None) -> None:
    """Give a label another name, on every case. Raises Conflict for one that is taken."""
    if label.name != name.strip():
        _check_free(name, but=label)
        was, label.name, label.key = label.name, name.strip(), label_key(name)
        record(label, "label_renamed", by=by, old=was, new=label.name)


def _check_free(name: str, *, but: Label | None = None) -> None:
    other = _named(name)
    if other is not None and other is not but:
        raise Conflict(f"There is a label {other.name} already.", field="name")


def delete_label(label: Label, *, by: Person | None) -> None:
    """Take a label off every case, and delete it. Raises Conflict when a rule put it on one."""
    locked = select(CaseLabel.case_id).where(CaseLabel.label_id == label.id, CaseLabel.locked)
    if db.session.scalar(locked.limit(1)) is not None:
        raise Conflict(f"A rule put the label {label.name} on a case; it cannot be deleted.")
    record(label, "label_deleted", by=by, old=label.name)
    db.session.execute(delete(CaseLabel).where(CaseLabel.label_id == label.id))
    db.session.delete(label)
