"""The whole case, when it is an endless one."""

from uuid import UUID

import pytest
from flask import Flask

from app.api.casey.views import cases as views
from app.cases.models import PostKind
from app.cases.posting import write_post
from app.cases.queries import case_by_uuid
from app.people.persons import known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast


def test_a_case_holds_all_its_messages_and_says_so(api: Api) -> None:
    case = api.opened(UNA)
    assert (len(case["messages"]), case["messages_total"], case["more"]) == (1, 1, False)


@pytest.mark.parametrize(("written", "more"), [(999, False), (1000, True)])
def test_of_an_endless_case_the_latest_thousand_messages_are_shown(
    app: Flask, api: Api, written: int, more: bool
) -> None:
    uuid = api.opened(UNA)["uuid"]
    with app.app_context(), transaction():
        case = case_by_uuid(UUID(uuid))
        for number in range(written):
            write_post(case, f"message {number}", by=case.creator, channel="api")
    found = api.get(f"/case/{uuid}").json
    assert len(found["messages"]) == views.MOST_MESSAGES == 1000
    assert (found["messages_total"], found["more"]) == (written + 1, more)
    assert found["messages"][-1]["message"] == f"message {written - 1}"


@pytest.mark.parametrize(("written", "more"), [(1000, False), (1001, True)])
def test_of_endless_notes_the_latest_thousand_are_shown(
    app: Flask, api: Api, cast: Cast, written: int, more: bool
) -> None:
    uuid = api.opened(UNA)["uuid"]
    with app.app_context(), transaction():
        case, ben = case_by_uuid(UUID(uuid)), known_person(BEN, field="from")
        for number in range(written):
            write_post(case, f"note {number}", by=ben, channel="mail", kind=PostKind.NOTE)
    found = api.get(f"/case/{uuid}").json
    assert len(found["notes"]) == 1000
    assert (found["messages_total"], found["notes_total"], found["more"]) == (1, written, more)
    assert found["notes"][-1]["note"] == f"note {written - 1}"
