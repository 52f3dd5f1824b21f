"""Users: customers and the team alike."""

from app.api.auth import caller
from app.api.kayako.asking import users_asked
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.people import changed, let_go, made
from app.api.kayako.predicates import fulfilling
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.people import Named, NewUser, UserChange, UsersChange
from app.api.kayako.schemas.users import SmartList, Users
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


@route("/users/filter", "POST", Act.READ_PERSONS, asks=Paged, takes=SmartList, shows=USER, many=True, scope=SCOPE)
def filtered(asked: Json, new: Json) -> Answer:
    """Users who fulfil some predicates."""
    page = Offset.asked(asked)
    found = everybody([fulfilling(new["predicates"])], page)
    return Many(USER, found.rows, found.total, page)


@route("/users", "POST", Act.CHANGE_PERSONS, takes=NewUser, shows=USER, status=201, scope=SCOPE)
def create(new: Json) -> Answer:
    """Make a user, a customer unless another role is named."""
    return One(USER, made(new))


@route("/users/<user>", "PUT", Act.CHANGE_PERSONS, takes=UserChange, shows=USER, scope=SCOPE)
def update(user: str, new: Json) -> Answer:
    """Change what is said of a user."""
    person = user_at(user)
    changed(person, new)
    return One(USER, person)


@route("/users", "PUT", Act.CHANGE_PERSONS, asks=Named, takes=UsersChange, scope=SCOPE)
def update_several(asked: Json, new: Json) -> Answer:
    """Change the same of several users, all of them or none."""
    people = [somebody_numbered(one) for one in asked["ids"]]
    for person in people:
        changed(person, new)
    return Done(len(people))


@route("/users/<user>", "DELETE", Act.CHANGE_PERSONS, scope=SCOPE)
def delete(user: str) -> Answer:
    """Delete a user: let one of the team go, forget a customer."""
    let_go(user_at(user))
    return Done()


@route("/users", "DELETE", Act.CHANGE_PERSONS, asks=Named, scope=SCOPE)
def delete_several(asked: Json) -> Answer:
    """Delete several users, all of them or none."""
    people = [somebody_numbered(one) for one in asked["ids"]]
    for person in people:
        let_go(person)
    return Done(len(people))


def user_at(user: str) -> Person:
    """The user with the id that is a part of an address. Raises NotFound."""
    return somebody_numbered(number_in(user))
