"""A case for a browser: what the holder of its link may see, and nothing else."""

from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.cases.links import Purpose, link_for, revoke_links, secret_of
from app.cases.notes import write_note
from app.cases.queries import case_by_uuid
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.files.posts import a_file, posted


@pytest.fixture
def case(app: Flask, api: Api, cast: Cast) -> str:
    """A case of una's, with an answer of ben's and a note about her."""
    uuid = str(api.opened(UNA, message=f"I wrote to {BEN} too.")["uuid"])
    api.post(f"/cases/{uuid}/messages", {"from": BEN, "message": f"Write to {BEN} and you wait."})
    with app.app_context(), transaction():
        ben = find_person(BEN)
        assert ben
        write_note(case_by_uuid(UUID(uuid)), "She is a difficult one.", by=ben, channel="api")
    return uuid


def secret(app: Flask, case: str, address: str) -> str:
    with app.app_context(), transaction():
        person = find_person(address)
        assert person
        return secret_of(link_for(case_by_uuid(UUID(case)), person, Purpose.CASE))


def look(api: Api, secret: str, path: str = "", **options: bool) -> TestResponse:
    return api.as_(None).get(f"/public/case{path}", headers={"Authorization": f"Link {secret}"}, **options)


def test_the_holder_of_a_link_sees_the_case_without_addresses_and_notes(app: Flask, api: Api, case: str) -> None:
    answer = look(api, secret(app, case, UNA))
    assert answer.status_code == 200
    assert [(one["writer"], one["mine"], one["team"]) for one in answer.json["messages"]] == [
        ("Una Customer", True, False),
        ("Ben (Support)", False, True),
    ]
    assert BEN not in answer.text
    assert "difficult" not in answer.text


def test_the_team_too_sees_no_notes_there(app: Flask, api: Api, case: str) -> None:
    assert "difficult" not in look(api, secret(app, case, BEN)).text


def test_a_file_is_had_by_the_same_link(app: Flask, api: Api, case: str) -> None:
    [file] = posted(app, case, UNA, a_file())
    mine = secret(app, case, UNA)
    [shown] = look(api, mine).json["messages"][-1]["files"]
    assert shown["uuid"] == str(file)
    assert look(api, mine, f"/files/{file}", buffered=True).status_code == 200


def test_a_file_of_another_case_is_not_there(app: Flask, api: Api, case: str) -> None:
    other = str(api.opened("max@customer.test")["uuid"])
    [file] = posted(app, other, "max@customer.test", a_file())
    assert look(api, secret(app, case, UNA), f"/files/{file}").status_code == 404


def test_a_link_that_was_revoked_opens_nothing(app: Flask, api: Api, case: str) -> None:
    mine = secret(app, case, UNA)
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una
        revoke_links(case_by_uuid(UUID(case)), una)
    assert look(api, mine).status_code == 410


@pytest.mark.parametrize("header", ["", "Link", "Bearer {secret}", "Link {secret}x"])
def test_without_the_secret_of_a_link_there_is_nothing(app: Flask, api: Api, case: str, header: str) -> None:
    words = header.format(secret=secret(app, case, UNA))
    answer = api.as_(None).get("/public/case", headers={"Authorization": words} if words else {})
    assert answer.status_code in {401, 404}


def test_a_key_does_not_stand_for_a_link(api: Api, case: str) -> None:
    assert api.get("/public/case").status_code == 401
