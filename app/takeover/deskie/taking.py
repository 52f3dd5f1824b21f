"""Taking over an account of Deskie: staff and groups, then users and cases, span of time by span of time."""

from collections import Counter
from datetime import datetime

from app.takeover.deskie.cases import DeskieAccount, labels_in, languages_in
from app.takeover.deskie.people import take_group, take_staff, take_user
from app.takeover.deskie.source import DeskieSource, span
from app.takeover.running import Run, Tell


def take_over(source: DeskieSource, tell: Tell) -> Counter[str]:
    """Take over everybody and every case, as a Run does."""
    run = Run(source, tell)
    run.each("staff", source.rows("/staff.json", "staff"), take_staff)
    run.each("groups", source.rows("/groups.json", "group"), take_group)
    _users(run, source)
    _cases(run, source, DeskieAccount(source, run.takeover_id, labels_in(source), languages_in(source)))
    return run.finished()


def _users(run: Run, source: DeskieSource) -> None:
    """Everybody who ever wrote."""
    for start, end in source.windows("/users.json", _since(run, "users")):
        run.each("users", source.rows("/users.json", "user", **span(start, end)), take_user)
        run.reached("users", end.isoformat())


def _cases(run: Run, source: DeskieSource, account: DeskieAccount) -> None:
    """Every case, from the oldest on."""
    asked = {"sort": "created_at_asc"}
    for start, end in source.windows("/cases.json", _since(run, "cases"), **asked):
        run.cases(account, source.rows("/cases.json", "case", **asked, **span(start, end)))
        run.reached("cases", end.isoformat())


def _since(run: Run, kind: str) -> datetime | None:
    at = run.position(kind)
    return datetime.fromisoformat(at) if at else None
