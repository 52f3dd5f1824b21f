"""Who is in a case, in Kayako's dialect."""

import pytest

from tests.api.kayako.client import Kayako
from tests.cast import Cast
from tests.conftest import on_both


@on_both
def test_the_participants_of_a_case_are_whoever_is_in_it(kayako: Kayako, cast: Cast) -> None:
    case = kayako.opened(requester_id=cast.una.id, channel_options={"cc": "max@customer.test"})["id"]
    found = kayako.get(f"/cases/{case}/participants").json
    assert (found["resource"], found["total_count"]) == ("user", 3)
    names = [one["full_name"] for one in found["data"]]
    assert names == ["max", "Ben Foo", "Una Customer"]
    rest = kayako.get(f"/cases/{case}/participants?exclude_requester=true").json
    assert ([one["full_name"] for one in rest["data"]], rest["total_count"]) == (["max", "Ben Foo"], 2)
    assert len(kayako.get(f"/cases/{case}/participants?limit=1").json["data"]) == 1
    assert kayako.get("/cases/4711/participants").status_code == 404


@pytest.mark.parametrize("value", ["maybe", "2"])
def test_whether_the_requester_is_left_out_is_true_or_false(kayako: Kayako, value: str) -> None:
    case = kayako.opened()["id"]
    [error] = kayako.get(f"/cases/{case}/participants?exclude_requester={value}").json["errors"]
    assert (error["code"], error["parameter"]) == ("FIELD_INVALID", "exclude_requester")
