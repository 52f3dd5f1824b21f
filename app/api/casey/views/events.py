"""Events. What makes them JSON stands in app.feed, since webhooks tell the same."""

from app.api.casey.views.persons import PersonBrief
from app.api.casey.views.shapes import Shape, a_moment, a_number, a_part, a_text, a_uuid, an_object, any_value, many


class EventSubject(Shape):
    """What an event is about."""

    kind = a_text()
    uuid = a_uuid(null=True)


class EventCase(Shape):
    """The case in which it happened."""

    uuid = a_uuid()
    reference = a_text()


class EventAnswer(Shape):
    """Something that happened."""

    sequence = a_number(help="Its place in the log; there are gaps.")
    uuid = a_uuid()
    name = a_text(help="What happened, such as case_closed.")
    subject = a_part(EventSubject)
    case = a_part(EventCase, null=True)
    actor = a_part(PersonBrief, null=True)
    old = any_value()
    new = any_value()
    details = an_object()
    created_at = a_moment()


class EventsAnswer(Shape):
    """A stretch of the log."""

    items = many(EventAnswer)
    next = a_number(help="What to pass as `after` to go on.")
