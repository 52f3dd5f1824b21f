"""However many answers last, the web server has threads left for those that do not."""

from app.api.streaming import MOST_STREAMS, MOST_WAITING
from app.cli.daemon import THREADS
from app.portal.places import FOR_CUSTOMERS, FOR_TEAM

LEFT = 8


def test_streams_leave_threads_to_all_other_answers() -> None:
    assert MOST_STREAMS + MOST_WAITING + FOR_CUSTOMERS.most + FOR_TEAM.most + LEFT <= THREADS
