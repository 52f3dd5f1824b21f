"""Teams: groups of team members."""

from uuid import UUID

from sqlalchemy import select

from app.errors import NotFound
from app.extensions import db
from app.people.models import Team


def team_by_uuid(uuid: UUID) -> Team:
    """Raises NotFound."""
    team = db.session.scalar(select(Team).where(Team.uuid == uuid, Team.deleted_at.is_(None)))
    if team is None:
        raise NotFound("There is no such team.")
    return team
