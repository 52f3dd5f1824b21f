"""The time zone of the house, and how long its cases may wait."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.cases.models import Case
from app.clock import ago, duration, now
from app.extensions import db
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside, link_in

EVENING = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # in Berlin the 29th, a day of 23 hours


def opened_at(app: Flask, api: Api, moment: datetime) -> str:
    uuid: str = api.opened(UNA)["uuid"]
    with app.app_context(), transaction():
        case = db.session.scalars(db.select(Case)).one()
        case.created_at = case.last_post_at = moment
    return uuid


def found(api: Api, path: str) -> list[str]:
    return [one["uuid"] for one in api.get(path).json["items"]]


def test_a_day_is_one_of_the_time_zone_of_the_house(app: Flask, api: Api) -> None:
    uuid = opened_at(app, api, EVENING)
    assert found(api, "/cases?created_at=2026-03-28") == [uuid]
    api.post("/config", {"timeZone": "Europe/Berlin"})
    assert found(api, "/cases?created_at=2026-03-28") == []
    for query in ("2026-03-29", "2026-03-29T00:30..2026-03-29T00:31", "2026-03-28T23:30Z.."):
        assert found(api, f"/cases?created_at={query}") == [uuid], query


def test_a_day_ends_when_the_next_begins_however_many_hours_it_has(app: Flask, api: Api) -> None:
    opened_at(app, api, datetime(2026, 3, 29, 22, 30, tzinfo=UTC))
    api.post("/config", {"timeZone": "Europe/Berlin"})
    assert found(api, "/cases?created_at=2026-03-29") == []


def test_the_house_says_how_long_a_case_may_wait_for_it(app: Flask, api: Api) -> None:
    uuid = opened_at(app, api, now() - timedelta(hours=5))
    assert found(api, "/filters/overdue/cases") == []
    api.post("/config", {"overdue": "4h"})
    assert found(api, "/filters/overdue/cases") == [uuid]
    assert api.get("/filters/overdue").json["query"]["last_post_at"] == "..4h"


@pytest.mark.parametrize("value", ["Berlin", "", "../UTC", None, 1])
def test_a_time_zone_that_nobody_knows_is_refused(api: Api, value: object) -> None:
    answer = api.post("/config", {"timeZone": value})
    assert (answer.status_code, answer.json["field"]) == (422, "timeZone")
    assert "must be the name of a time zone, such as Europe/Berlin" in answer.json["detail"]


def test_pages_and_mails_show_the_time_zone_of_their_reader(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    api.post("/config", {"timeZone": "America/Sao_Paulo"})
    api.opened(UNA)
    work()
    assert outside.inbox(UNA)[0]["Date"].datetime.utcoffset() == timedelta(hours=-3)
    page = link_in(outside.inbox(BEN)[0], "/c/")
    assert " -03</time>" in app.test_client().get(page, follow_redirects=True).text
    api.patch(f"/persons/{cast.ben.uuid}", {"time_zone": "Asia/Tokyo"})
    assert " JST</time>" in app.test_client().get(page, follow_redirects=True).text


@pytest.mark.parametrize("text", ["90s", "45m", "4h", "1d", "2w", "25h"])
def test_lengths_of_time_are_written_as_they_are_read(text: str) -> None:
    assert ago(duration(text)) == text
