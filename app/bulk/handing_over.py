"""Letting a member or a team go, while a job hands what is not done yet over to another one."""

from app.bulk.acts import REPLACE_ASSIGNEE, REPLACE_TEAM
from app.bulk.models import BulkJob
from app.bulk.ordering import order_work
from app.cases.canned_answers import leave_answers_to
from app.errors import Invalid
from app.people.members import dismiss_member
from app.people.models import Person, Team
from app.people.persons import disable_person
from app.people.teams import delete_team, disable_team


def replace_member(person: Person, replacement: Person, *, by: Person | None, field: str) -> BulkJob:
    """Let somebody else of the team answer for the open cases of a member. Raises Invalid, naming the field."""
    _check_member(person, replacement, field)
    return _order(REPLACE_ASSIGNEE, person, replacement, by)


def disable_member(person: Person, replacement: Person, *, by: Person | None, field: str) -> BulkJob:
    """Disable somebody of the team; the other one answers for his cases.

    Raises Invalid, naming the field, for a replacement who cannot.
    """
    job = replace_member(person, replacement, by=by, field=field)
    disable_person(person, by=by)
    return job


def remove_member(person: Person, replacement: Person, *, by: Person | None, field: str) -> BulkJob:
    """Let somebody of the team go for good; the other one gets the answers he shared, too. Raises as disabling does."""
    job = replace_member(person, replacement, by=by, field=field)
    dismiss_member(person, by=by)
    leave_answers_to(person, replacement)
    return job


def release_member(person: Person, *, by: Person) -> BulkJob:
    """Let somebody of the team go for good: nobody answers for his open cases, and whoever does this gets the answers
    that he shared.
    """
    job = _order(REPLACE_ASSIGNEE, person, None, by)
    dismiss_member(person, by=by)
    leave_answers_to(person, by)
    return job


def _check_member(person: Person, replacement: Person, field: str) -> None:
    if replacement is person or not (replacement.team and replacement.active):
        raise Invalid("This must be somebody else in the team, who is not disabled.", field=field)


def replace_team(team: Team, replacement: Team, *, by: Person | None, field: str) -> BulkJob:
    """Let another team answer for the open cases of a team. Raises Invalid, naming the field."""
    _check_team(team, replacement, field)
    return _order(REPLACE_TEAM, team, replacement, by)


def retire_team(team: Team, replacement: Team, *, by: Person | None, field: str) -> BulkJob:
    """Use a team no longer; the other one answers for its cases. Raises Invalid, naming the field."""
    job = replace_team(team, replacement, by=by, field=field)
    disable_team(team, by=by)
    return job


def remove_team(team: Team, replacement: Team, *, by: Person | None, field: str) -> BulkJob:
    """Let there be a team no longer; the other one answers for its cases. Raises Invalid, naming the field."""
    job = replace_team(team, replacement, by=by, field=field)
    delete_team(team, by=by)
    return job


def release_team(team: Team, *, by: Person | None) -> BulkJob:
    """Let there be a team no longer: none answers for its open cases."""
    job = _order(REPLACE_TEAM, team, None, by)
    delete_team(team, by=by)
    return job


def _check_team(team: Team, replacement: Team, field: str) -> None:
    if replacement is team or replacement.disabled_at:
        raise Invalid("This must be another team, which is in use.", field=field)


def _order(act: str, goes: Person | Team, comes: Person | Team | None, by: Person | None) -> BulkJob:
    return order_work(act, {"from": str(goes.uuid), "to": str(comes.uuid) if comes else None}, by=by)
