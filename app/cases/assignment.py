"""Who answers for a case: somebody of the team, a team, or both."""

from collections.abc import Mapping
from typing import Any

from app.cases.models import Case
from app.cases.participation import add_participant
from app.errors import Invalid
from app.events import record
from app.people.models import Person, Team


def assign_to(case: Case, whom: Mapping[str, Any], *, by: Person | None) -> None:
    """Let a ``person`` of the team, a ``team``, or both answer for the case; None takes one away.

    Raises Invalid as ``assign_case`` and ``assign_team`` do.
    """
    if "person" in whom:
        assign_case(case, whom["person"], by=by, field="person")
    if "team" in whom:
        assign_team(case, whom["team"], by=by)


def assign_case(case: Case, person: Person | None, *, by: Person | None, field: str = "assignee") -> None:
    """Let somebody of the team answer for the case, or nobody. He joins it, so that he gets its mail.

    Who answers for it already stays so. Raises Invalid for who is not of the team, or may no longer act.
    """
    if person is not None:
        if not (person.team and person.active):
            raise Invalid("Only an active member of the team can answer for a case.", field=field)
        add_participant(case, person, by=by)
    if case.assignee is not person:
        was, case.assignee = case.assignee, person
        record(case, "case_assigned", by=by, old=was.id if was else None, new=person.id if person else None)


def assign_default_team(case: Case) -> None:
    """Let the team that answers for the customers of a company answer for the case, where no other does."""
    company = case.organization
    team = company.default_team if company and not (company.disabled_at or company.blocked_at) else None
    if case.team is None and team is not None and not (team.disabled_at or team.deleted_at):
        assign_team(case, team, by=None)


def assign_team(case: Case, team: Team | None, *, by: Person | None) -> None:
    """Let a team answer for the case, or none. Raises Invalid for one that is no longer in use."""
    if team is not None and (team.disabled_at or team.deleted_at):
        raise Invalid("This team is no longer in use.", field="team")
    if case.team is not team:
        was, case.team = case.team, team
        record(case, "team_assigned", by=by, old=was.id if was else None, new=team.id if team else None)
