"""Settings: what each means, its value now and where that comes from, and changing it."""

from flask import Blueprint, Response, redirect, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from app.config import deployed
from app.config.settings import DECLARED, SECRETS, variable
from app.errors import Forbidden, Invalid, NotFound
from app.overrides import change_settings, forget_setting, origins, shown_settings
from app.people.access import Act
from app.portal.team.operator.pages import PREFIX, TOO_LATE, operator_page
from app.portal.team.operator.setting_forms import entered, setting_form
from app.portal.team.pages import Button
from app.portal.team.session import guard, member
from app.transaction import retried, transaction

bp = Blueprint("operator_settings", __name__, url_prefix=f"{PREFIX}/settings")
guard(bp, Act.READ_CONFIG)


@bp.get("")
def index() -> Response:
    """Every setting, and what cannot be changed while Casey runs."""
    return operator_page(
        "settings.html", settings=shown_settings(), origins=origins(), deployment=deployed().told(), declared=DECLARED
    )


@bp.get("/<name>")
def show(name: str) -> Response:
    """One setting and its form."""
    return _shown(_known(name), _form(name))


def _known(name: str) -> str:
    if name not in DECLARED:
        raise NotFound("There is no such setting.")
    return name


def _form(name: str) -> FlaskForm:
    return setting_form(_known(name), shown_settings())


def _shown(name: str, form: FlaskForm, status: int = 200, refused: str | None = None) -> Response:
    return operator_page(
        "setting.html",
        status,
        name=name,
        declared=DECLARED[name].metadata,
        variable=variable(name),
        value=shown_settings()[name],
        origin=origins()[name],
        secret=name in SECRETS,
        form=form,
        others=[one for one in form if one.name in DECLARED and one.name != name],
        refused=refused,
    )


@bp.post("/<name>")
@retried
def change(name: str) -> AnyResponse:
    """Change it in every process, or say what is wrong."""
    form = _form(name)
    if not form.validate_on_submit():
        return _shown(name, form, 422)
    try:
        with transaction():
            by = member(Act.CHANGE_CONFIG)
            change_settings(entered(form, shown_settings()), by=by, role=by.role)
    except Invalid as error:
        return _shown(name, form, 422, _told(form, error))
    except Forbidden as error:
        return _shown(name, form, 403, error.message)
    return redirect(url_for("operator_settings.show", name=name), 303)


def _told(form: FlaskForm, error: Invalid) -> str | None:
    """What is wrong, beside the fields that it is about; None when nothing is left to be said above them."""
    for field in form:
        if field.name in error.fields:
            field.errors = [error.fields[field.name]]
    return None if set(error.fields) <= {field.name for field in form} else error.message


@bp.post("/<name>/forget")
@retried
def forget(name: str) -> AnyResponse:
    """Take the change back, so that environment, file or default count again. Doing so twice changes nothing."""
    if not Button().validate_on_submit():
        return _shown(_known(name), _form(name), 422, str(TOO_LATE))
    try:
        with transaction():
            _take_back(_known(name))
    except (Forbidden, Invalid) as error:
        return _shown(name, _form(name), error.status, error.message)
    return redirect(url_for("operator_settings.show", name=name), 303)


def _take_back(name: str) -> None:
    by = member(Act.CHANGE_CONFIG)
    if origins()[name] == "run_time":
        forget_setting(name, by=by, role=by.role)
