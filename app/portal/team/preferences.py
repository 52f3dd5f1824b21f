"""What a member of the team prefers: how he is called, how he reads, which mails he gets; and where he is signed in."""

from uuid import UUID

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from app.cases.participation import alias_of
from app.clock import time_zones
from app.errors import Invalid
from app.people.models import Person
from app.people.persons import rename_person
from app.people.profile import describe_person
from app.people.sessions import end_other_sessions, end_session, session_of, sessions_of
from app.people.wording import one_line
from app.portal.team.forms import TOPICS, Preferences
from app.portal.team.pages import Button, team_page
from app.portal.team.session import guard, member, present_session
from app.text import storable
from app.transaction import transaction

bp = Blueprint("preferences", __name__, url_prefix="/team/preferences")
guard(bp)


@bp.get("")
def show() -> Response:
    """What he prefers now."""
    me = member()
    return _page(Preferences.of(me))


def _page(form: Preferences, status: int = 200) -> Response:
    me = member()
    form.offer(me)
    here = present_session()
    return team_page(
        "preferences.html",
        status,
        form=form,
        alias=alias_of(me),
        hints={str(topic): hint for topic, (_, hint) in TOPICS.items()},
        zones=sorted(time_zones()),
        sessions=sessions_of(me),
        here_session=here.id if here else None,
    )


@bp.post("")
def change() -> AnyResponse:
    """Keep what he prefers."""
    form = Preferences()
    if not form.validate_on_submit():
        return _page(form, 422)
    try:
        with transaction():
            _keep(member(), form)
    except Invalid as error:
        form.blame(error)
        return _page(form, error.status)
    return redirect("/team/preferences", 303)


def _keep(me: Person, form: Preferences) -> None:
    rename_person(me, one_line(storable(form.name.data or ""), field="name"), by=me)
    told = {name: storable(form[name].data or "") for name in ("signature", "alias")}
    chosen = {name: storable(form[name].data or "") or None for name in ("language", "time_zone")}
    describe_person(me, {**told, **chosen, "unwanted_mails": form.unwanted()}, by=me)


@bp.post("/sessions/<uuid:uuid>/end")
def end(uuid: UUID) -> AnyResponse:
    """Sign out elsewhere. Doing so twice changes nothing."""
    if Button().validate_on_submit():
        with transaction():
            me = member()
            end_session(session_of(me, uuid), by=me)
    return redirect("/team/preferences#sessions", 303)


@bp.post("/sessions/end-others")
def end_others() -> AnyResponse:
    """Sign out everywhere but here."""
    if Button().validate_on_submit():
        with transaction():
            me, here = member(), present_session()
            end_other_sessions(me, but=here, by=me)
    return redirect("/team/preferences#sessions", 303)
