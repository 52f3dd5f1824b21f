"""The queue: the cases the team looks after."""

from flask import Blueprint, Response

from app.people.access import Act
from app.portal.team.pages import team_page
from app.portal.team.session import guard

bp = Blueprint("queue", __name__, url_prefix="/team")
guard(bp, Act.READ_CASES)


@bp.get("")
def queue() -> Response:
    """What there is to do."""
    return team_page("queue.html")
