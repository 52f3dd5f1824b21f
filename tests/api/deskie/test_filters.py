"""Filters of cases by Deskie's dialect."""

from collections.abc import Callable

from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import filters, listed
from tests.api_client import Api
from tests.cast import Cast


def test_filters_are_the_callers_own_and_shared_ones(staff: Callable[[str], Deskie], api: Api, cast: Cast) -> None:
    ben = staff("ben")
    native = api.as_(cast.keys["ben"])
    assert native.post("/filters", {"name": "Mine too", "query": {"priority": "high"}}).status_code == 201
    own = [one["filter"] for one in filters(ben) if one["filter"]["isCustom"]]
    assert [(one["filter_name"], one["isSelected"]) for one in own] == [("Mine too", False)]
    assert isinstance(own[0]["filter_id"], int)
    assert filters(ben)[0]["filter"] == {
        "filter_id": "open",
        "filter_name": "Open",
        "isSelected": True,
        "isCustom": False,
    }
    high = ben.opened(priority="high")["case_id"]
    ben.opened()
    assert listed(ben, filter=own[0]["filter_id"]) == [high]
    assert listed(ben, filter=own[0]["filter_id"], priority="low") == []
    assert not any(one["filter"]["isCustom"] for one in filters(staff("amy")))
    refused = staff("amy").get(f"/cases.json?filter={own[0]['filter_id']}")
    assert (refused.status_code, refused.json["error"]) == (422, "wrong_filter")


def test_filters_that_come_with_casey_know_who_asks(staff: Callable[[str], Deskie], cast: Cast) -> None:
    ben = staff("ben")
    mine, other = ben.opened(staff_id=cast.ben.id)["case_id"], ben.opened()["case_id"]
    assert listed(ben, filter="mine") == [mine]
    assert listed(ben, filter="unassigned") == [other]
    assert listed(staff("amy"), filter="mine") == []
