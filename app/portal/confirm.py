"""The confirmation page. Looking at it confirms nothing, since programs that check mail open every link."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from app.cases.links import Purpose, link_by_secret
from app.cases.models import Case
from app.cases.opening import confirm_by
from app.errors import Conflict
from app.portal.exchange import exchange, opened
from app.portal.forms import Confirm
from app.portal.pages import page
from app.transaction import retried, transaction

bp = Blueprint("confirm", __name__)


@bp.get("/confirm/<code>")
def arrive(code: str) -> AnyResponse:
    """Take the code out of the address."""
    return exchange(link_by_secret(code, Purpose.CONFIRM), "/confirm")


@bp.get("/confirm")
def show() -> Response:
    """Ask."""
    return _ask(opened(Purpose.CONFIRM).case, Confirm())


def _ask(case: Case, form: Confirm, status: int = 200) -> Response:
    if case.confirmed_at is not None:
        return page("confirmed.html", case=case, already=True)
    return page("confirm.html", status, case=case, form=form)


@bp.post("/confirm")
@retried
def confirm() -> Response:
    """Confirm. A second time changes nothing and says so."""
    form = Confirm()
    if not form.validate_on_submit():
        return _ask(opened(Purpose.CONFIRM).case, form, 422)
    with transaction():
        link = opened(Purpose.CONFIRM)
        try:
            confirm_by(link)
        except Conflict:
            return page("confirmed.html", case=link.case, already=True)
        return page("confirmed.html", case=link.case, already=False)
