"""Addresses of Deskie's dialect: cases by their numbers, several cases at once, and what leads nowhere."""

import pytest

from tests.api.deskie.access import GUARDED
from tests.api.deskie.access.table import Guarded
from tests.api.deskie.client import Deskie
from tests.cast import UNA

Words = dict[str, str]

OF_CASES = [route for route in GUARDED if route.rule.startswith("/cases/<")]
# What the document lets be done to several cases at once.
TO_SEVERAL = {
    *(f"{method} /api/cases/<cases>.json" for method in ("PUT", "DELETE")),
    *(f"PUT /api/cases/<cases>/{verb}.json" for verb in ("trash", "spam", "restore")),
    *(f"POST /api/cases/<cases>/{kind}.json" for kind in ("messages", "note", "notes")),
}
TOGETHER = [route for route in OF_CASES if route.name in TO_SEVERAL]
each_of_a_case = pytest.mark.parametrize("route", OF_CASES, ids=lambda one: one.name)
each_of_several = pytest.mark.parametrize("route", TOGETHER, ids=lambda one: one.name)


@each_of_a_case
def test_a_case_is_named_by_its_number_too(olga: Deskie, words: Words, route: Guarded) -> None:
    numbers = {name: olga.get(f"/cases/{words[name]}.json").json["case"]["case_number"] for name in ("case", "idea")}
    path, body = route.filled(words | numbers)
    assert "-" in path
    assert olga.call(route.method, path, json=body).status_code in {200, 201}


@each_of_a_case
def test_a_case_that_is_not_there_is_not_found(olga: Deskie, words: Words, route: Guarded) -> None:
    for name in ("99999", "999-999999", "99999999999999999999", "x", "-1"):
        path, body = route.filled(words | {"case": name, "idea": name})
        answer = olga.call(route.method, path, json=body)
        assert (answer.status_code, answer.json["error"]) == (404, "case_not_found"), name


@each_of_several
def test_ten_cases_are_taken_at_once_and_eleven_are_refused(olga: Deskie, words: Words, route: Guarded) -> None:
    cases = [olga.opened(UNA) for _ in range(11)]
    ids = [one["case_id"] for one in cases]
    named = [str(one["case_number"] if number % 2 else one["case_id"]) for number, one in enumerate(cases)]
    path, body = route.filled(words | {"case": ",".join(named)})
    answer = olga.call(route.method, path, json=body)
    assert (answer.status_code, answer.json["error"]) == (422, "too_many_cases")
    assert olga.get(f"/cases/{ids[0]}/changelog.json").json["changelog"] == []
    path, body = route.filled(words | {"case": ",".join(named[:10])})
    answer = olga.call(route.method, path, json=body)
    assert (answer.status_code, answer.json) == (201 if route.method == "POST" else 200, {"case_success_id": ids[:10]})


@each_of_several
def test_cases_that_are_not_there_are_left_out_and_be_it_all_of_them(
    olga: Deskie, words: Words, route: Guarded
) -> None:
    case = int(words["case"])
    for named, found in ((f"99998,{case},99999", [case]), ("99998,99999", [])):
        path, body = route.filled(words | {"case": named})
        assert olga.call(route.method, path, json=body).json == {"case_success_id": found}


@each_of_several
def test_one_case_alone_is_answered_as_itself(olga: Deskie, words: Words, route: Guarded) -> None:
    path, body = route.filled(words)
    answer = olga.call(route.method, path, json=body).json
    assert answer.keys() in ({"case"}, {"message"}, set())


def test_what_leads_nowhere_is_told_as_deskie_tells_errors(olga: Deskie) -> None:
    """Statistics are not there; docs/api/deskie.md says so."""
    nowhere = ("/nothing.json", "/cases", "/cases/1", "/cases/1/messages", "/users/1", "/cases.xml")
    for path in (*nowhere, "/stats_leaderboard.json", "/stats_satisfaction.json"):
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = olga.call(method, path)
            assert (answer.status_code, answer.json["error"]) == (404, "not_found"), path


def test_a_wrong_method_is_told_as_deskie_tells_errors(olga: Deskie, words: Words) -> None:
    for route in GUARDED:
        answer = olga.call("PATCH", route.filled(words)[0])
        assert (answer.status_code, answer.json["error"]) == (405, "method_not_allowed"), route.name
        assert route.method in answer.headers["Allow"], route.name
