"""When things are due, whatever happens to a case: every timeline on SQLite, some of each kind on PostgreSQL."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.sla.stories import act_out, how_it_stands, open_house
from tests.sla.timelines import (
    ANEW,
    DAYLIGHT_SAVING,
    NONE,
    OVER_MIDNIGHT,
    REPLIES,
    RESTING,
    TIMELINES,
    WORKING_TIME,
    Timeline,
)

SOME = [one for group in (WORKING_TIME, DAYLIGHT_SAVING, OVER_MIDNIGHT, REPLIES, RESTING, ANEW) for one in group[-2:]]


def _on(database: str, timelines: Iterable[Timeline]) -> list[Any]:
    return [pytest.param(database, one, id=f"{database}: {one.about}") for one in timelines]


@pytest.mark.parametrize(
    ("database", "timeline"), [*_on("sqlite", TIMELINES), *_on("postgresql", SOME)], indirect=["database"]
)
def test_what_happens_to_a_case_decides_when_it_is_due(context: Flask, cast: Cast, timeline: Timeline) -> None:
    open_house(timeline.week, timeline.holidays, timeline.zone, timeline.promised)
    act_out(timeline.story)
    found = how_it_stands()
    assert {name: found.get(name, NONE) for name in timeline.expected} == timeline.expected


def test_the_table_is_long_enough() -> None:
    assert len({one.about for one in TIMELINES}) == len(TIMELINES) >= 40
