"""The mailboxes on servers: how each stands, reading further ones, and pausing or ending that."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.clock import now
from app.config import settings
from app.errors import Conflict, Invalid, NotFound
from app.mail.intake.accounts import MailboxAccount
from app.mail.intake.further_mailboxes import add_mailbox, change_mailbox, remove_mailbox
from app.mail.intake.overview import mailbox_by_uuid, mailboxes_page
from app.people.access import Act
from app.people.models import Person
from app.portal.team.operator.mailbox_forms import NewMailbox
from app.portal.team.operator.pages import PREFIX, operator_page, pressed, read_before
from app.portal.team.session import guard, member
from app.transaction import retried, transaction

bp = Blueprint("operator_mailboxes", __name__, url_prefix=f"{PREFIX}/mailboxes")
guard(bp, Act.READ_CONFIG)

MANY = 20  # on a page: there is much to say of each


@bp.get("")
def index() -> Response:
    """Each mailbox: when it was looked into, what went wrong, who looks into it now."""
    return _shown()


def _shown(status: int = 200, refused: str | None = None) -> Response:
    found = mailboxes_page(after=read_before() or 0, limit=MANY + 1)
    following = found[MANY - 1].mailbox.id if len(found) > MANY else None
    sandbox = settings().imap_adapter == "sandbox"
    shown = {"mailboxes": found[:MANY], "next": following, "sandbox": sandbox}
    return operator_page("mailboxes.html", status, now=now(), refused=refused, **shown)


@bp.get("/new")
def new() -> Response:
    """The form of a further one."""
    return operator_page("mailbox_new.html", form=NewMailbox())


@bp.post("/new")
@retried
def create() -> AnyResponse:
    """Read a further one from now on."""
    form = NewMailbox()
    if not form.validate_on_submit():
        return operator_page("mailbox_new.html", 422, form=form)
    try:
        with transaction():
            add_mailbox(form.told(), by=member(Act.CHANGE_CONFIG))
    except (Conflict, Invalid) as error:
        return operator_page("mailbox_new.html", error.status, form=form, refused=form.blame(error))
    return redirect(url_for("operator_mailboxes.index"), 303)


@bp.post("/<uuid:uuid>/pause")
@retried
def pause(uuid: UUID) -> AnyResponse:
    """Leave it alone for a while."""
    return _pressed(uuid, lambda one, by: change_mailbox(one, {"paused": True}, by=by))


@bp.post("/<uuid:uuid>/resume")
@retried
def resume(uuid: UUID) -> AnyResponse:
    """Go on where it stopped."""
    return _pressed(uuid, lambda one, by: change_mailbox(one, {"paused": False}, by=by))


@bp.post("/<uuid:uuid>/remove")
@retried
def remove(uuid: UUID) -> AnyResponse:
    """Read it no more."""
    return _pressed(uuid, lambda one, by: remove_mailbox(one, by=by))


def _pressed(uuid: UUID, do: Callable[[MailboxAccount, Person], None]) -> AnyResponse:
    _further(uuid)
    then = url_for("operator_mailboxes.index")
    return pressed(Act.CHANGE_CONFIG, lambda by: do(_further(uuid), by), _shown, then=then)


def _further(uuid: UUID) -> MailboxAccount:
    row = mailbox_by_uuid(uuid).row
    if row is None:
        raise NotFound("There is no such mailbox.")
    return row
