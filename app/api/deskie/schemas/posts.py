"""What is said about messages and notes."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.api.deskie.schemas.cases import check_something_is_said
from app.api.deskie.schemas.fields import Lenient, flag, moment, number, one_of, text
from app.api.deskie.schemas.files import WithFiles
from app.api.deskie.schemas.pages import Latest
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY
from app.people.identities import LONGEST

Json = dict[str, Any]


class MessagesAsked(Latest):
    """Query of the messages of a case."""

    order = one_of(("asc", "desc"), load_default="asc")


class Written(Lenient):
    """A text, as such or as HTML or as both."""

    content = text(LONGEST_BODY)
    content_html = text(LONGEST_HTML)

    @validates_schema
    def _content(self, new: Json, **_: Any) -> None:
        check_something_is_said(new)


class NewPost(Written, WithFiles):
    """What messages and notes have in common."""

    created_at = moment()


class NewMessage(NewPost):
    """Body of POST /cases/{ids}/messages.json, inside of ``message``. Without an author it is the caller's."""

    user_id = number()
    staff_id = number()
    user_custom_id = text(LONGEST - 20)
    do_not_send_email = flag(load_default=False)
    send_at = moment()

    @validates_schema
    def _one_time(self, new: Json, **_: Any) -> None:
        if "created_at" in new and "send_at" in new:
            raise ValidationError("A message that is sent later cannot have been written before.", "send_at")


class NewNote(NewPost):
    """Body of POST /cases/{ids}/note.json, inside of ``note`` or ``message``. Without an author it is the caller's."""

    note_staff_id = number()
    staff_id = number()
