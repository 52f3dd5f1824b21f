"""Triggers and monitors on Kayako's wire. Casey has none: what follows from what is fixed, and documented."""

from app.api.kayako.resources import Resource, Shape, a_flag, a_number, a_text


class RuleShape(Shape):
    """A rule of the operator's own."""

    id = a_number()
    title = a_text()
    is_enabled = a_flag()


TRIGGER = Resource("trigger", RuleShape, lambda _rows, _optional: [])
MONITOR = Resource("monitor", RuleShape, lambda _rows, _optional: [])
