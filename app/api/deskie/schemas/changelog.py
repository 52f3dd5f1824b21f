"""Which changes of a case are asked for."""

from marshmallow import fields

from app.api.deskie.schemas.fields import flag, number, several, text
from app.api.deskie.schemas.pages import Latest

LONGEST = 1100


class ChangelogAsked(Latest):
    """Query of the changelog. Each filter but the last three is a text ``old,new``."""

    staff = text(LONGEST)
    status = text(LONGEST)
    subject = text(LONGEST)
    group = text(LONGEST)
    priority = text(LONGEST)
    fixed_chat_staff = text(LONGEST)
    labels = text(LONGEST)
    custom_fields = fields.Raw()
    show_chat_activation = flag(load_default=False)
    show_chat_completion = flag(load_default=False)
    rules = several(number())
