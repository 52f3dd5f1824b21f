"""The mailboxes on servers, and how each stands."""

from flask import Blueprint, Response

from app.clock import now
from app.config import settings
from app.mail.intake.overview import mailboxes_page
from app.people.access import Act
from app.portal.team.operator.pages import LONG, PREFIX, operator_page, read_before
from app.portal.team.session import guard

bp = Blueprint("operator_mailboxes", __name__, url_prefix=f"{PREFIX}/mailboxes")
guard(bp, Act.READ_CONFIG)


@bp.get("")
def index() -> Response:
    """Each mailbox: when it was looked into, what went wrong, who looks into it now."""
    found = mailboxes_page(after=read_before() or 0, limit=LONG + 1)
    following = found[LONG - 1].mailbox.id if len(found) > LONG else None
    sandbox = settings().imap_adapter == "sandbox"
    return operator_page("mailboxes.html", mailboxes=found[:LONG], next=following, now=now(), sandbox=sandbox)
