"""What was removed, and what is going to be."""

from app.api.casey.views.shapes import Json, Shape, a_moment, a_number, a_text, a_uuid, moment
from app.cases.emptying import TrashEmptying, doomed_count


class PurgedCase(Shape):
    """A case that is gone."""

    uuid = a_uuid()
    reference = a_text()


class EmptyingAnswer(Shape):
    """What is going to be purged."""

    before = a_moment(help="What was put into the trash later stays there.")
    cases = a_number(help="How many cases are still to be purged.")


def emptying_view(emptying: TrashEmptying) -> Json:
    """What is going to be purged."""
    return {"before": moment(emptying.before), "cases": doomed_count(emptying)}
