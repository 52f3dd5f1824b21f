"""Whether Casey is alive, and whether it is ready: for supervisors and load balancers."""

from typing import Any

from flask import Blueprint, Flask

from app.readiness import database_answers, parts, waiting_for_people

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/ready")
def ready() -> tuple[dict[str, Any], int]:
    """The database answers. Whatever else is down is named; it slows mail down but loses nothing."""
    if not database_answers():
        return {"status": "unavailable", "database": "unavailable"}, 503
    return {"status": "ok", **parts(), **waiting_for_people()}, 200


def register(app: Flask) -> None:
    """Put the health pages into the application."""
    app.register_blueprint(bp)
