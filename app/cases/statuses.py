"""Where a case stands when somebody says so by hand, in a core status or in one of the operator's own."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.cases.lifecycle import close_case, reopen_case, set_status
from app.cases.models import Case, CustomStatus, Status
from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import db
from app.people.models import Person

LONGEST_LABEL = 100
MOST_STATUSES = 200


def move_case(case: Case, status: Status, *, by: Person | None) -> None:
    """Say where the case stands, closing or reopening it if need be. A custom status gives way to the core one."""
    if status is Status.CLOSED:
        close_case(case, by=by)
    elif case.closed:
        reopen_case(case, by=by)
    set_status(case, status, by=by)


def change_custom_status(case: Case, label: str | None, *, by: Person | None) -> None:
    """Say where the case stands in a status of the operator's own, and so in its base; None leaves it at the base.

    Raises Invalid for a label that no status has.
    """
    status = _labelled(label) if label is not None else None
    if label is not None and (status is None or status.deleted_at):
        raise Invalid("There is no status with this label.", field="custom_status")
    was = custom_status_of(case)
    if status is was:
        return
    if status is not None and status.base is not case.status:
        move_case(case, status.base, by=by)
    case.custom_status = status
    record(case, "custom_status_changed", by=by, old=was.label if was else None, new=label)


def custom_status_of(case: Case) -> CustomStatus | None:
    """The operator's own status of a case; with a deleted one it has fallen back to the base."""
    status = case.custom_status
    return None if status is None or status.deleted_at else status


def _labelled(label: str) -> CustomStatus | None:
    return db.session.scalar(select(CustomStatus).where(CustomStatus.label == label))


def status_by_label(label: str) -> CustomStatus:
    """Raises NotFound."""
    status = _labelled(label)
    if status is None or status.deleted_at:
        raise NotFound("There is no such status.")
    return status


def status_named(label: str, base: Status) -> CustomStatus:
    """The status with this label, for a case that stands in its base. Raises Invalid when there is none."""
    status = _labelled(label)
    if status is None or status.deleted_at or status.base is not base:
        raise Invalid(f"There is no status with this label whose base is {base}. Make it first.", field="custom_status")
    return status


def statuses() -> Sequence[CustomStatus]:
    """The operator's own statuses, in their order."""
    query = select(CustomStatus).where(CustomStatus.deleted_at.is_(None))
    return db.session.scalars(query.order_by(CustomStatus.sort_order, CustomStatus.id)).all()


def statuses_numbered(ids: Collection[int]) -> Sequence[CustomStatus]:
    """The operator's own statuses with these ids, deleted ones too, since cases may still name them."""
    return db.session.scalars(select(CustomStatus).where(CustomStatus.id.in_(ids))).all() if ids else []


def create_status(
    label: str, base: Status, *, sort_order: int = 0, sla_active: bool = True, by: Person | None
) -> CustomStatus:
    """Make a status. One that was deleted comes back, to the cases that have it too, unless its base was another.

    Raises Conflict for a label that is taken.
    """
    status = _labelled(label)
    if status is None:
        _check_room()
        status = CustomStatus(label=label, base=base, sort_order=sort_order, sla_active=sla_active)
        db.session.add(status)
    elif status.deleted_at and status.base is base:
        status.deleted_at, status.sort_order, status.sla_active = None, sort_order, sla_active
    else:
        raise Conflict(_taken(status), field="label")
    record(status, "status_created", by=by, new={"label": label, "base": base})
    return status


def _check_room() -> None:
    if len(statuses()) >= MOST_STATUSES:
        raise Conflict(f"There can be {MOST_STATUSES} statuses.")


def rename_status(status: CustomStatus, label: str, *, by: Person | None) -> None:
    """Give a status another label. Raises Conflict for one that is taken."""
    if status.label != label:
        other = _labelled(label)
        if other is not None:
            raise Conflict(_taken(other), field="label")
        was, status.label = status.label, label
        record(status, "status_renamed", by=by, old=was, new=label)


def _taken(status: CustomStatus) -> str:
    if status.deleted_at:
        return f"A deleted status, with the base {status.base}, has this label. It can be made again as it was."
    return "Another status has this label already."


def rebase_status(status: CustomStatus, base: Status, *, by: Person | None) -> None:
    """Give a status another base. Raises Conflict while a case has it, which would stand elsewhere without a word."""
    if status.base is not base:
        if db.session.scalar(select(Case.id).where(Case.custom_status_id == status.id).limit(1)) is not None:
            raise Conflict("There are cases with this status, so that its base cannot be changed.", field="base")
        was, status.base = status.base, base
        record(status, "status_rebased", by=by, old=was, new=base)


def sort_status(status: CustomStatus, sort_order: int, *, by: Person | None) -> None:
    """Give a status another place in the list."""
    if status.sort_order != sort_order:
        was, status.sort_order = status.sort_order, sort_order
        record(status, "status_sorted", by=by, old=was, new=sort_order)


def let_time_count(status: CustomStatus, sla_active: bool, *, by: Person | None) -> None:
    """Say whether time counts for service levels in a status; in each case from when something next happens to it."""
    if status.sla_active is not sla_active:
        was, status.sla_active = status.sla_active, sla_active
        record(status, "status_sla_changed", by=by, old=was, new=sla_active)


def delete_status(status: CustomStatus, *, by: Person | None) -> None:
    """Delete a status; cases that have it are at its base from now on."""
    status.deleted_at = now()
    record(status, "status_deleted", by=by, old=status.label)
