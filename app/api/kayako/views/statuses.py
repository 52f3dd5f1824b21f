"""Statuses and priorities on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_flag, a_moment, a_number, a_text
from app.api.kayako.words import CUSTOM, LABELS, LEVELS, NUMBERS, OWN, TYPES, status_id
from app.cases.models import Case, CustomStatus, Priority, Status
from app.cases.statuses import custom_status_of, statuses, statuses_numbered


class StatusShape(Shape):
    """A status."""

    id = a_number()
    label = a_text()
    type = a_text("NEW, OPEN, PENDING, COMPLETED, CLOSED or CUSTOM.")
    sort_order = a_number()
    is_sla_active = a_flag()
    is_deleted = a_flag()
    created_at = a_moment()
    updated_at = a_moment()


class PriorityShape(Shape):
    """A priority."""

    id = a_number()
    label = a_text()
    level = a_number()
    created_at = a_moment()
    updated_at = a_moment()


# Nobody has written down when these were made.
UNDATED = {"created_at": None, "updated_at": None}

AnyStatus = Status | CustomStatus


def every_status() -> list[AnyStatus]:
    """Those that there always are, and behind them the operator's own."""
    return [*Status, *statuses()]


def status_ref(case: Case) -> Ref:
    """A reference to where a case stands, which is at hand."""
    return Ref("case_status", status_id(case), row=custom_status_of(case) or case.status)


def _statuses(rows: Sequence[AnyStatus], _optional: Collection[str]) -> list[Json]:
    return [_own(one) if isinstance(one, CustomStatus) else _core(one) for one in rows]


def _core(status: Status) -> Json:
    told = {"label": status.capitalize(), "type": TYPES[status], "sort_order": NUMBERS[status]}
    return _status(NUMBERS[status], active=status is not Status.WAITING, deleted=False, **told)


def _own(status: CustomStatus) -> Json:
    told = {"label": status.label, "type": CUSTOM, "sort_order": OWN + status.sort_order}
    return _status(
        OWN + status.id,
        active=status.sla_active and status.base is not Status.WAITING,
        deleted=bool(status.deleted_at),
        **told,
    )


def _status(number: int, *, active: bool, deleted: bool, **told: object) -> Json:
    return {
        "id": number,
        **told,
        "is_sla_active": active,
        "is_deleted": deleted,
        "created_at": None,
        "updated_at": None,
    }


def _loaded(ids: Collection[int]) -> Mapping[int, AnyStatus]:
    own = {OWN + one.id: one for one in statuses_numbered([one - OWN for one in ids if one > OWN])}
    return {**{number: status for status, number in NUMBERS.items() if number in ids}, **own}


def _priorities(rows: Sequence[Priority], _optional: Collection[str]) -> list[Json]:
    return [{"id": LEVELS[one], "label": LABELS[one], "level": LEVELS[one], **UNDATED} for one in rows]


STATUS = Resource("case_status", StatusShape, _statuses, _loaded, path="cases/statuses/{}")
PRIORITY = Resource(
    "case_priority",
    PriorityShape,
    _priorities,
    lambda ids: {level: one for one, level in LEVELS.items() if level in ids},
    path="cases/priorities/{}",
)
