"""Two who know the same version and change it at the same moment: one does, and the other is told of it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case
from app.people.models import Person, Team
from tests.api.kayako.client import Kayako
from tests.at_once import kept_waiting
from tests.cases.test_simultaneous import together
from tests.cast import Cast
from tests.conftest import on_both

User = Callable[[str], Kayako]


def changed_by_two(user: User, address: str, changes: list[Any], *beside: Callable[[], None]) -> list[int]:
    """How both are answered who know a thing and change it, while something else is done."""
    known, answers = user("olga").get(address).headers, []
    headers = {"If-Match": known["ETag"]}

    def change(one: Any) -> None:
        answers.append(user("olga").put(address, one, headers=headers).status_code)

    together(*[lambda one=one: change(one) for one in changes], *beside)
    return sorted(answers)


on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


@on_both
def test_of_two_who_know_a_case_one_changes_it(user: User, kayako: Kayako, cast: Cast) -> None:
    case = kayako.opened(requester_id=cast.una.id)["id"]
    assert changed_by_two(user, f"/cases/{case}", [{"subject": "One"}, {"subject": "Two"}]) == [200, 412]


@on_postgresql
@pytest.mark.parametrize("place", ["", "/notes/{note}", "/tags"], ids=["a case", "a note", "its tags"])
def test_what_is_on_a_case_is_compared_when_nobody_else_is_at_the_case(
    app: Flask, user: User, kayako: Kayako, cast: Cast, place: str
) -> None:
    case = kayako.opened(requester_id=cast.una.id)["id"]
    note = kayako.post(f"/cases/{case}/notes", {"contents": "She has called."}).json["data"]["id"]
    changes = [{"subject": one, "contents": one, "tags": one} for one in ("one", "two")]
    address = f"/cases/{case}{place.format(note=note)}"
    assert changed_by_two(user, address, changes, kept_waiting(app, Case, case)) == [200, 412]


@on_postgresql
def test_a_user_and_a_team_are_compared_when_nobody_else_is_at_them(app: Flask, user: User, cast: Cast) -> None:
    team = user("olga").post("/teams", {"title": "Support"}).json["data"]["id"]
    names = [{"full_name": one, "title": one} for one in ("One", "Two")]
    una = cast.una.id
    assert changed_by_two(user, f"/users/{una}", names, kept_waiting(app, Person, una)) == [200, 412]
    assert changed_by_two(user, f"/teams/{team}", names, kept_waiting(app, Team, team)) == [200, 412]


@on_postgresql
def test_what_is_gone_by_then_is_not_found(app: Flask, user: User, cast: Cast) -> None:
    team = user("olga").post("/teams", {"title": "Support"}).json["data"]["id"]
    known = {"If-Match": user("olga").get(f"/teams/{team}").headers["ETag"]}
    answers: list[int] = []
    delete = lambda: answers.append(user("olga").delete(f"/teams/{team}", headers=known).status_code)  # noqa: E731
    together(delete, delete, kept_waiting(app, Team, team))
    assert sorted(answers) == [200, 404]
