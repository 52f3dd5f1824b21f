"""A case as it is told with its whole history."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.queries import case_by_uuid
from app.clock import now
from app.export.facts import LOADS
from app.export.history import told_case, told_cases
from app.extensions import db
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import on_both
from tests.files.posts import a_file, posted
from tests.queries import queries

FEW, MORE = 3, 15


def told(app: Flask, case: Any) -> Any:
    with app.app_context():
        return told_case(case_by_uuid(UUID(case["uuid"])))


@on_both
def test_a_case_is_told_with_whoever_is_in_it_and_everything_that_was_written(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "We know."})
    api.post(f"/case/{case['uuid']}/notes", {"from": BEN, "note": "She is right."})
    api.post(f"/case/{case['uuid']}/tags", {"tags": ["billing"]})
    api.post(f"/case/{case['uuid']}/ratings", {"from": UNA, "score": "high", "comment": "Quick!"})
    posted(app, case["uuid"], UNA, a_file())
    found = told(app, case)
    assert (found["uuid"], found["external_id"], found["subject"]) == (case["uuid"], case["uuid"], "I found a bug")
    assert (found["tags"], found["creator"]["email"], found["state"]) == (["billing"], UNA, "active")
    assert [(one["email"], one["team"]) for one in found["participants"]] == [(UNA, False), (BEN, True)]
    assert [(one["kind"], one["from"], one["message"]) for one in found["messages"]] == [
        ("message", UNA, "It is over there!"),
        ("message", BEN, "We know."),
        ("note", BEN, "She is right."),
        ("message", UNA, "See the files."),
    ]
    [file] = found["messages"][3]["attachments"]
    assert (file["name"], file["size"], len(file["sha256"])) == ("notes.txt", 11, 64)
    assert [(one["from"], one["score"], one["comment"]) for one in found["ratings"]] == [(UNA, "high", "Quick!")]


def test_what_waits_to_be_sent_or_was_deleted_is_not_told(app: Flask, api: Api) -> None:
    case = api.opened(UNA)
    later = (now() + timedelta(days=1)).isoformat()
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Later", "send_at": later})
    gone = api.post(f"/case/{case['uuid']}/notes", {"from": BEN, "note": "Oh"}).json["uuid"]
    api.delete(f"/case/{case['uuid']}/notes/{gone}")
    assert [one["message"] for one in told(app, case)["messages"]] == ["It is over there!"]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_many_cases_are_told_by_as_many_questions_as_few(app: Flask, api: Api) -> None:
    def asked(many: int) -> int:
        with queries(app) as found, app.app_context():
            cases = db.session.scalars(db.select(Case).order_by(Case.id).limit(many).options(*LOADS)).all()
            read = [(facts["uuid"], [one["message"] for one in posts]) for facts, posts in told_cases(cases)]
            assert read == [(str(case.uuid), ["It is over there!", "Yes"]) for case in cases]
        return len(found)

    for number in range(MORE):
        case = api.opened(f"customer{number}@world.test")
        api.post(f"/case/{case['uuid']}/messages", {"from": f"customer{number}@world.test", "message": "Yes"})
    assert asked(MORE) == asked(FEW)
