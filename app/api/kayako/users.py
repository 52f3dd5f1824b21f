"""Users: customers and the team alike."""

from app.api.auth import caller
from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.users import Users
from app.api.kayako.views.users import USER
from app.people.access import Act
from app.people.everybody import everybody, somebody_numbered
from app.people.models import Person

SCOPE = "users"


@route("/me", "GET", Act.READ_OWN_KEY, shows=USER, scope=SCOPE)
def me() -> Answer:
    """Whoever calls."""
    return One(USER, caller().person)


@route("/users", "GET", Act.READ_PERSONS, asks=Users, shows=USER, many=True, scope=SCOPE)
def index(asked: Json) -> Answer:
    """Users from the newest back, or those that are asked for."""
    page = Offset.asked(asked)
    found = everybody(users_asked(asked), page)
    return Many(USER, found.rows, found.total, page)


@route("/users/<user>", "GET", Act.READ_PERSONS, shows=USER, scope=SCOPE)
def show(user: str) -> Answer:
    """One user; of one who was merged, who he is now."""
    return One(USER, user_at(user))


def user_at(user: str) -> Person:
    """The user with the id that is a part of an address. Raises NotFound."""
    return somebody_numbered(number_in(user))
