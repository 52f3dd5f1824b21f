"""How Casey stands, in sentences, and the way to everything that can be looked into."""

from flask import Blueprint, Response

from app.config import settings
from app.mail.sending.delivering.server_rest import last_trouble
from app.people.access import Act
from app.portal.team.operator.pages import PREFIX, operator_page
from app.portal.team.session import guard
from app.readiness import COUNTED, parts, undecided_since, unsent_since, waiting_for_people

bp = Blueprint("operator", __name__, url_prefix=PREFIX)
guard(bp, Act.READ_CONFIG)


@bp.get("")
def overview() -> Response:
    """Whether everything works, and what to do where it does not."""
    return operator_page(
        "overview.html",
        known=settings(),
        parts=parts(),
        trouble=last_trouble(),
        waiting=waiting_for_people(),
        counted=COUNTED,
        undecided=undecided_since(),
        unsent=unsent_since(),
    )
