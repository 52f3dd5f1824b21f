"""Staff on Deskie's wire."""

from marshmallow import fields

from app.api.deskie.dates import told
from app.api.deskie.staff_words import status_of
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.people.models import Person


class StaffShape(Shape):
    """Somebody of the team."""

    staff_id = a_number()
    staff_email = a_text()
    staff_full_name = a_text()
    staff_signature = a_text()
    staff_signature_chat = a_text()
    thumbnail = a_text("Casey keeps no pictures.")
    active = a_flag()
    status = a_text("Deprecated: the word for status_id.")
    status_id = a_number("See GET /staff_statuses.json.")
    created_at = a_moment()
    updated_at = a_moment()
    deleted = fields.Boolean(metadata={"description": "There when he was just deleted."})


class RoleShape(Shape):
    """What staff may be."""

    role_id = a_number()
    role = a_text()


class StatusShape(Shape):
    """Whether staff is there."""

    status_id = a_number()
    status = a_text()
    active = a_flag()


StaffList = list_of("staff", StaffShape)
RoleList = list_of("staff_roles", RoleShape, count="count")
StatusList = list_of("staff_statuses", StatusShape, count="count")


class OneStaff(Shape):
    """Somebody of the team in his envelope."""

    staff = fields.Nested(StaffShape, required=True)


def one_staff(person: Person) -> Json:
    """Somebody of the team in his envelope."""
    return {"staff": staff_row(person)}


def staff_row(person: Person) -> Json:
    """Somebody of the team as a list shows him."""
    status = status_of(person)
    return {
        "staff_id": person.id,
        "staff_email": person.email or "",
        "staff_full_name": person.name,
        "staff_signature": person.signature,
        "staff_signature_chat": person.chat_signature,
        "thumbnail": "",
        "active": person.active,
        "status": status.word,
        "status_id": status.number,
        "created_at": told(person.created_at),
        "updated_at": told(person.updated_at),
    }
