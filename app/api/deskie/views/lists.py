"""Lists, which differ in what their rows are."""

from app.api.deskie.views.shapes import Shape, a_number


class Listed(Shape):
    """An object with the rows under ``0``, ``1`` and so on, each in its envelope, and how many there are in all."""

    total_count = a_number()


class Enumerated(Shape):
    """The same, for the few lists that call their number ``count``."""

    count = a_number()
