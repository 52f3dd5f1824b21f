"""What lists of Deskie's dialect answer."""

from typing import Any
from urllib.parse import urlencode

from tests.api.deskie.client import Deskie


def listed(deskie: Deskie, query: str = "", **asked: Any) -> list[int]:
    """The ids of a page, in its order; ``total_count`` says how many these are."""
    answer = deskie.get(f"/cases.json?{query or urlencode(asked)}")
    assert answer.status_code == 200, answer.text
    page = answer.json
    assert page.pop("total_count") == len(page)
    assert list(page) == [str(number) for number in range(len(page))]
    return [one["case"]["case_id"] for one in page.values()]


def filters(deskie: Deskie) -> list[Any]:
    """The filters that a member of the staff has."""
    answer = deskie.get("/filters.json").json
    assert answer.pop("total_count") == len(answer)
    return list(answer.values())
