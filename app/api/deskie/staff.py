"""Staff: the members of the team."""

from app.api.auth import caller
from app.api.deskie.errors import EmailExists, StaffNotFound
from app.api.deskie.finding import staff_numbered
from app.api.deskie.ids import id_in, told_as
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.pages import page_asked
from app.api.deskie.schemas.staff import NewStaff, StaffAsked, StaffChange, StaffPage, StaffReplaced
from app.api.deskie.staff_words import ROLES, STATUSES, role_numbered
from app.api.deskie.views.shapes import numbered
from app.api.deskie.views.staff import OneStaff, RoleList, StaffList, StatusList, one_staff, staff_row
from app.api.ranks import check_rank, check_somebody_else
from app.bulk.handing_over import disable_member, remove_member
from app.errors import Conflict
from app.people.access import Act
from app.people.identities import change_email
from app.people.members import member_by_id, members_page
from app.people.models import Person, Role
from app.people.persons import change_role, create_person, enable_person, rename_person
from app.people.profile import describe_person

STAFF = ("staff",)
ONE = "/staff/<staff>"
SIGNATURES = {"staff_signature": "signature", "staff_signature_chat": "chat_signature"}
REPLACED = "replace_staff_id"


@route("/staff.json", "GET", Act.READ_PERSONS, asks=StaffPage, answers=StaffList)
def index(asked: Json) -> Answer:
    """Everybody in the team, those who are disabled too."""
    found = members_page(page_asked(asked))
    return numbered("staff", map(staff_row, found.rows), found.total)


@route("/staff.json", "POST", Act.CHANGE_PERSONS, takes=NewStaff, inside=STAFF, answers=OneStaff, status=201)
def create(new: Json) -> Answer:
    """Let somebody into the team."""
    role = role_numbered(new["role_id"]) if "role_id" in new else Role.AGENT
    check_rank(role)
    person = _made(new, role)
    _describe(person, new)
    return one_staff(person)


def _made(new: Json, role: Role) -> Person:
    name, address = new.get("staff_full_name", ""), new["staff_email"]
    try:
        return create_person(name, address, role=role, by=caller().person, field="staff_email")
    except Conflict as error:
        raise EmailExists(error.message, field="staff_email") from None


def _describe(person: Person, new: Json) -> None:
    said = {ours: new[theirs] or "" for theirs, ours in SIGNATURES.items() if theirs in new}
    describe_person(person, said, by=caller().person)


@route(f"{ONE}.json", "GET", Act.READ_PERSONS, asks=StaffAsked, answers=OneStaff)
def show(staff: str, asked: Json) -> Answer:
    """One of the team."""
    return one_staff(_member(staff))


def _member(part: str) -> Person:
    with told_as(StaffNotFound, "There is nobody of the team with this id."):
        return member_by_id(id_in(part))


@route(f"{ONE}.json", "PUT", Act.CHANGE_PERSONS, takes=StaffChange, inside=STAFF, answers=OneStaff)
def update(staff: str, new: Json) -> Answer:
    """Change what is said of somebody, and his role."""
    person, by = _for_change(staff), caller().person
    if "staff_email" in new:
        _readdress(person, new["staff_email"])
    if "staff_full_name" in new:
        rename_person(person, new["staff_full_name"], by=by)
    if "role_id" in new:
        role = role_numbered(new["role_id"])
        check_rank(role)
        change_role(person, role, by=by)
    _describe(person, new)
    return one_staff(person)


def _for_change(part: str) -> Person:
    """Raises StaffNotFound, Forbidden for somebody with a higher role."""
    person = _member(part)
    check_rank(person.role)
    return person


def _readdress(person: Person, address: str) -> None:
    try:
        change_email(person, address, by=caller().person, field="staff_email")
    except Conflict as error:
        if not error.fields:
            raise
        raise EmailExists(error.message, field="staff_email") from None


@route(f"{ONE}/enable.json", "PUT", Act.CHANGE_PERSONS, answers=OneStaff)
def enable(staff: str) -> Answer:
    """Let somebody act again. The cases that were handed over stay where they are."""
    person = _for_change(staff)
    enable_person(person, by=caller().person)
    return one_staff(person)


@route(f"{ONE}/disable.json", "PUT", Act.CHANGE_PERSONS, takes=StaffReplaced, inside=STAFF, answers=OneStaff)
def disable(staff: str, new: Json) -> Answer:
    """Let somebody act no longer. A job hands his cases over to the other one."""
    person = _for_change(staff)
    check_somebody_else(person, "disable")
    disable_member(person, _replacement(new), by=caller().person, field=REPLACED)
    return one_staff(person)


@route(f"{ONE}.json", "DELETE", Act.CHANGE_PERSONS, takes=StaffReplaced, inside=STAFF, answers=OneStaff)
def delete(staff: str, new: Json) -> Answer:
    """Let somebody go for good. A job hands his cases over to the other one."""
    person = _for_change(staff)
    check_somebody_else(person, "delete")
    remove_member(person, _replacement(new), by=caller().person, field=REPLACED)
    return {"staff": {**staff_row(person), "deleted": True}}


def _replacement(new: Json) -> Person:
    return staff_numbered(new[REPLACED], field=REPLACED)


@route("/staff_roles.json", "GET", Act.READ_PERSONS, answers=RoleList)
def roles() -> Answer:
    """What staff may be, from the least on."""
    rows = ({"role_id": number, "role": role} for number, role in ROLES.items())
    return numbered("staff_roles", rows, len(ROLES), count="count")


@route("/staff_statuses.json", "GET", Act.READ_PERSONS, answers=StatusList)
def statuses() -> Answer:
    """Whether staff is there, as far as Casey can know."""
    rows = ({"status_id": one.number, "status": one.word, "active": True} for one in STATUSES)
    return numbered("staff_statuses", rows, len(STATUSES), count="count")
