"""The front page: says what this is, and nothing about what is in it."""

from flask import Blueprint, Response

from app.config import settings
from app.portal.pages import page

bp = Blueprint("front", __name__)


@bp.get("/")
def front() -> Response:
    """What answers here."""
    return page("front.html", sandbox=settings().sandbox)
