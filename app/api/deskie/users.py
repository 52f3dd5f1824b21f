"""Users: the customers. Staff are in staff.json."""

from app.api.auth import caller
from app.api.deskie.asking import users_asked
from app.api.deskie.errors import NoIdentification
from app.api.deskie.people import another, changed, made, user_named
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.pages import page_asked
from app.api.deskie.schemas.users import AnotherUser, User, Users
from app.api.deskie.views.shapes import Shape, numbered
from app.api.deskie.views.users import OneUser, UserList, one_user, user_rows
from app.bulk.acts import ERASE
from app.bulk.ordering import order_work
from app.people.access import Act
from app.people.customers import customers_page
from app.people.linking import link_persons, unlink_persons
from app.people.persons import block_person, disable_person, enable_person, unblock_person

USER = ("user",)


@route("/users.json", "GET", Act.READ_PERSONS, asks=Users, answers=UserList)
def index(asked: Json) -> Answer:
    """Users from the oldest on, or those that are asked for."""
    found = customers_page(users_asked(asked), page_asked(asked))
    return numbered("user", user_rows(found.rows, with_cases=asked["amount_of_cases"]), found.total)


@route("/users.json", "POST", Act.CHANGE_PERSONS, takes=User, inside=USER, answers=OneUser, status=201)
def create(new: Json) -> Answer:
    """Make a user."""
    return one_user(made(new, by=caller().person))


@route("/users/<user>.json", "GET", Act.READ_PERSONS, answers=OneUser)
def show(user: str) -> Answer:
    """One user; of one who was merged, who he is now."""
    return one_user(user_named(user))


@route("/users/<user>.json", "PUT", Act.CHANGE_PERSONS, takes=User, inside=USER, answers=OneUser)
def update(user: str, new: Json) -> Answer:
    """Change what is said of a user, and where he is reached."""
    person = user_named(user)
    changed(person, new, by=caller().person)
    return one_user(person)


@route("/users/<user>/block.json", "PUT", Act.CHANGE_PERSONS, answers=OneUser)
def block(user: str) -> Answer:
    """Have nothing more to do with a user: nothing he writes is taken, and nothing is sent to him."""
    person = user_named(user)
    block_person(person, by=caller().person)
    return one_user(person)


@route("/users/<user>/disable.json", "PUT", Act.CHANGE_PERSONS, answers=OneUser)
def disable(user: str) -> Answer:
    """Mark a user as deleted: he can write nothing and is sent nothing, until he is restored."""
    person = user_named(user)
    disable_person(person, by=caller().person)
    return one_user(person)


@route("/users/<user>/restore.json", "PUT", Act.CHANGE_PERSONS, answers=OneUser)
def restore(user: str) -> Answer:
    """Take both back."""
    person, by = user_named(user), caller().person
    enable_person(person, by=by)
    unblock_person(person, by=by)
    return one_user(person)


@route("/users/<user>/link.json", "PUT", Act.CHANGE_PERSONS, takes=AnotherUser, answers=OneUser)
def link(user: str, new: Json) -> Answer:
    """Say that two users belong together."""
    person = user_named(user)
    link_persons(person, another(new), by=caller().person)
    return one_user(person)


@route("/users/<user>/unlink.json", "PUT", Act.CHANGE_PERSONS, takes=AnotherUser, answers=OneUser)
def unlink(user: str, new: Json) -> Answer:
    """Say that they do not."""
    person = user_named(user)
    unlink_persons(person, another(new), by=caller().person)
    return one_user(person)


@route("/users/<user>.json", "DELETE", Act.PROTECT_PRIVACY, answers=Shape)
def delete(user: str) -> Answer:
    """Forget a user for good. His cases stay, and nothing in them says who he was. At once he is disabled."""
    person, by = user_named(user), caller().person
    disable_person(person, by=by)
    order_work(ERASE, {"person": str(person.uuid), "posts": False}, by=by)
    return {}


@route("/users/identification.json", "POST", Act.CHANGE_PERSONS, answers=Shape)
def identify() -> Answer:
    """Refused: there is no chat on a web page in which somebody could be identified by a code."""
    raise NoIdentification("Casey has no chat widget, so there is nothing in which a user could be identified.")
