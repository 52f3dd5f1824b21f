"""Staff by Deskie's dialect: let in, seen, changed, disabled, deleted; and who answers for their cases then."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.bulk import running
from app.cases import replacing
from app.extensions import db
from app.people.members import member_by_id
from app.people.models import Role
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.queries import queries
from tests.sandbox import Outside

Staff = Callable[[str], Deskie]

NEW = {"staff_email": "zoe@team.test", "staff_full_name": "Zoe", "staff_signature": "Z.", "staff_signature_chat": "z"}
MEMBERS = {
    "staff_id",
    "staff_email",
    "staff_full_name",
    "staff_signature",
    "staff_signature_chat",
    "thumbnail",
    "active",
    "status",
    "status_id",
    "created_at",
    "updated_at",
}


@pytest.fixture
def olga(staff: Staff) -> Deskie:
    """The API for olga, who owns the place."""
    return staff("olga")


@pytest.fixture
def admin(app: Flask, cast: Cast, staff: Staff) -> Deskie:
    """The API for amy, who is an admin here."""
    made = staff("olga").put(f"/staff/{cast.amy.id}.json", {"staff": {"role_id": 3}})
    assert made.status_code == 200, made.text
    key = Api(app.test_client(), cast.keys["olga"]).post(
        "/api-keys", {"person": str(cast.amy.uuid), "role": "admin", "name": "admin"}
    )
    return Deskie(app.test_client(), AMY, key.json["key"])


def replaced_by(person: Any) -> Any:
    return {"staff": {"replace_staff_id": person.id}}


def test_somebody_is_let_in_and_shown(olga: Deskie) -> None:
    answer = olga.post("/staff.json", {"staff": NEW})
    assert answer.status_code == 201, answer.text
    made = answer.json["staff"]
    assert made.keys() == MEMBERS
    assert {name: made[name] for name in NEW} == NEW
    assert (made["active"], made["status"], made["status_id"], made["thumbnail"]) == (True, "online", 1, "")
    assert olga.get(f"/staff/{made['staff_id']}.json").json["staff"] == made
    assert olga.get(f"/staff/{made['staff_id']}.json?language_id=2").json["staff"] == made


def test_he_is_an_agent_unless_a_role_is_given(app: Flask, olga: Deskie) -> None:
    agent = olga.post("/staff.json", {"staff": {"staff_email": "a@team.test"}}).json["staff"]
    admin = olga.post("/staff.json", {"staff": {"staff_email": "b@team.test", "role_id": 3}}).json["staff"]
    assert agent["staff_full_name"] == "a"
    with app.app_context():
        assert member_by_id(agent["staff_id"]).role is Role.AGENT
        assert member_by_id(admin["staff_id"]).role is Role.ADMIN


def test_the_list_is_read_page_by_page(olga: Deskie, cast: Cast) -> None:
    whole = olga.get("/staff.json?language_id=1").json
    assert whole["total_count"] == 3
    assert [whole[str(number)]["staff"]["staff_email"] for number in range(3)] == [BEN, AMY, OLGA]
    first, second = (olga.get(f"/staff.json?page={page}&limit=2").json for page in (1, 2))
    assert olga.get("/staff.json?page=0&limit=2").json == first
    assert first == {"0": whole["0"], "1": whole["1"], "total_count": 3}
    assert second == {"0": whole["2"], "total_count": 3}
    assert olga.get("/staff.json?page=9").json == {"total_count": 3}


@pytest.mark.parametrize("asked", ["page=501", "page=-1", "page=x", "limit=0", "limit=101"])
def test_pages_that_there_are_not_are_refused(olga: Deskie, asked: str) -> None:
    answer = olga.get(f"/staff.json?{asked}")
    assert (answer.status_code, answer.json["error"]) == (422, f"wrong_{asked.partition('=')[0]}")


def test_a_page_asks_the_same_however_long_it_is(app: Flask, olga: Deskie) -> None:
    olga.get("/staff.json")  # the use of the key is noted
    found = []
    for _ in range(2):
        with queries(app) as asked:
            olga.get("/staff.json")
        found.append(len(asked))
        for number in range(5):
            olga.post("/staff.json", {"staff": {"staff_email": f"new{number}@team.test"}})
    assert found[0] == found[1]


def test_somebody_is_changed(app: Flask, olga: Deskie, cast: Cast) -> None:
    changed = {**NEW, "staff_email": "ben@elsewhere.test", "role_id": 1}
    answer = olga.put(f"/staff/{cast.ben.id}.json", {"staff": changed}).json["staff"]
    assert {name: answer[name] for name in NEW} == {name: changed[name] for name in NEW}
    assert (
        olga.put(f"/staff/{cast.ben.id}.json", {"staff": {"staff_signature": None}}).json["staff"]["staff_signature"]
        == ""
    )
    with app.app_context():
        assert member_by_id(cast.ben.id).role is Role.COLLABORATOR


@pytest.mark.parametrize(
    ("said", "status", "error"),
    [
        ({"staff_full_name": "Zoe"}, 422, "empty_staff_email"),
        ({"staff_email": "zoe"}, 422, "wrong_staff_email"),
        ({"staff_email": BEN}, 409, "email_already_exist"),
        ({"staff_email": UNA}, 409, "email_already_exist"),
        ({**NEW, "role_id": 9}, 422, "wrong_role_id"),
        ({**NEW, "staff_full_name": "Zoe\nBcc: eve"}, 422, "wrong_staff_full_name"),
        ({**NEW, "staff_signature": "z" * 20_001}, 422, "wrong_staff_signature"),
    ],
)
def test_what_is_wrong_is_named(olga: Deskie, said: Any, status: int, error: str) -> None:
    answer = olga.post("/staff.json", {"staff": said})
    assert (answer.status_code, answer.json["error"]) == (status, error)


def test_an_address_that_is_anothers_is_refused_later_too(olga: Deskie, cast: Cast) -> None:
    for address, status, error in ((AMY, 409, "email_already_exist"), ("ben", 422, "wrong_staff_email")):
        answer = olga.put(f"/staff/{cast.ben.id}.json", {"staff": {"staff_email": address}})
        assert (answer.status_code, answer.json["error"]) == (status, error)


def test_whoever_is_no_staff_is_not_found(olga: Deskie, cast: Cast) -> None:
    for number in (cast.una.id, 99999, 2**31 - 1, 2**31, 2**70, 0, "ben"):
        answer = olga.get(f"/staff/{number}.json")
        assert (answer.status_code, answer.json["error"]) == (404, "staff_not_found")


def test_nobody_makes_or_changes_a_person_above_himself(admin: Deskie, cast: Cast) -> None:
    owner, amy = f"/staff/{cast.olga.id}", f"/staff/{cast.amy.id}"
    for answer in (
        admin.post("/staff.json", {"staff": {**NEW, "role_id": 4}}),
        admin.put(f"{owner}.json", {"staff": {"staff_full_name": "Deposed"}}),
        admin.put(f"{owner}/disable.json", replaced_by(cast.ben)),
        admin.put(f"{owner}/enable.json"),
        admin.delete(f"{owner}.json", json=replaced_by(cast.ben)),
        admin.put(f"{amy}.json", {"staff": {"role_id": 4}}),
    ):
        assert (answer.status_code, answer.json["error"]) == (403, "staff_has_not_access")
    assert admin.post("/staff.json", {"staff": {**NEW, "role_id": 3}}).status_code == 201


def test_nobody_shuts_himself_out(olga: Deskie, cast: Cast) -> None:
    path = f"/staff/{cast.olga.id}"
    assert olga.put(f"{path}/disable.json", replaced_by(cast.ben)).status_code == 409
    assert olga.delete(f"{path}.json", json=replaced_by(cast.ben)).status_code == 409


@pytest.mark.parametrize("who", ["nobody", "himself", "a customer", "somebody disabled", "somebody unknown"])
def test_a_replacement_must_be_able_to_replace(olga: Deskie, cast: Cast, who: str) -> None:
    olga.put(f"/staff/{cast.amy.id}/disable.json", replaced_by(cast.olga))
    numbers = {
        "himself": cast.ben.id,
        "a customer": cast.una.id,
        "somebody disabled": cast.amy.id,
        "somebody unknown": 9999,
    }
    said = {"replace_staff_id": numbers[who]} if who in numbers else {}
    for answer in (
        olga.put(f"/staff/{cast.ben.id}/disable.json", {"staff": said}),
        olga.delete(f"/staff/{cast.ben.id}.json", json={"staff": said}),
    ):
        assert (answer.status_code, answer.json["error"]) == (
            422,
            "wrong_replace_staff_id" if said else "empty_replace_staff_id",
        )
    assert olga.get(f"/staff/{cast.ben.id}.json").json["staff"]["active"] is True


@on_both
def test_the_open_cases_of_one_who_is_disabled_are_anothers(olga: Deskie, cast: Cast, work: Worker) -> None:
    cases = [olga.opened(staff_id=cast.ben.id)["case_id"] for _ in range(3)]
    others = olga.opened(staff_id=cast.olga.id)["case_id"]
    olga.put(f"/cases/{cases[0]}.json", {"case": {"status": "waiting"}})
    olga.put(f"/cases/{cases[1]}.json", {"case": {"status": "closed"}})
    gone = olga.put(f"/staff/{cast.ben.id}/disable.json", replaced_by(cast.amy)).json["staff"]
    assert (gone["active"], gone["status"], gone["status_id"]) == (False, "offline", 2)
    work()
    assert [assignee(olga, one) for one in cases] == [cast.amy.id, cast.ben.id, cast.amy.id]
    assert assignee(olga, others) == cast.olga.id
    assert olga.put(f"/staff/{cast.ben.id}/enable.json").json["staff"]["active"] is True


def assignee(deskie: Deskie, case: int) -> Any:
    return deskie.get(f"/cases/{case}.json").json["case"]["staff_id"]


def test_a_case_that_was_merged_away_stays_as_it_was(olga: Deskie, api: Api, cast: Cast, work: Worker) -> None:
    for _ in range(2):
        olga.opened(staff_id=cast.ben.id)
    one, other = (case["uuid"] for case in api.get("/cases").json["items"])
    api.post(f"/cases/{one}/merge", {"into": other})
    olga.put(f"/staff/{cast.ben.id}/disable.json", replaced_by(cast.amy))
    work()
    [job] = api.get("/jobs").json["items"]
    assert (job["act"], job["status"], job["receipt"]["assigned"]) == ("replace_assignee", "done", 1)


@on_both
def test_they_are_handed_over_in_small_steps(
    app: Flask, olga: Deskie, cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SECONDS", -1.0)  # a step a ring
    monkeypatch.setattr(replacing, "AT_ONCE", 2)
    cases = [olga.opened(staff_id=cast.ben.id)["case_id"] for _ in range(5)]
    olga.put(f"/staff/{cast.ben.id}/disable.json", replaced_by(cast.amy))
    handed = []
    for _ in range(3):
        with app.app_context():
            running.run_job(1)
            db.session.remove()
        handed.append(sum(assignee(olga, one) == cast.amy.id for one in cases))
    assert handed == [2, 4, 5]
    [job] = api.get("/jobs").json["items"]
    assert (job["status"], job["done"], job["receipt"]) == ("done", 5, {"assigned": 5, "left": 0})


def test_a_replacement_who_goes_too_is_said_in_the_job(olga: Deskie, cast: Cast, api: Api, work: Worker) -> None:
    case = olga.opened(staff_id=cast.ben.id)["case_id"]
    olga.put(f"/staff/{cast.ben.id}/disable.json", replaced_by(cast.amy))
    olga.put(f"/staff/{cast.amy.id}/disable.json", replaced_by(cast.olga))
    work()
    _, first = api.get("/jobs").json["items"]
    assert (first["status"], first["error"]["code"]) == ("failed", "conflict")
    olga.put(f"/staff/{cast.ben.id}/disable.json", replaced_by(cast.olga))
    work()
    assert assignee(olga, case) == cast.olga.id


@on_both
def test_one_who_is_deleted_is_gone_for_good(app: Flask, olga: Deskie, cast: Cast, work: Worker, api: Api) -> None:
    case = olga.opened(staff_id=cast.ben.id)["case_id"]
    api.as_(cast.keys["ben"]).post("/canned-answers", {"title": "Mine", "text": "Hi"})
    answer = olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    assert (answer.status_code, answer.json["staff"]["deleted"], answer.json["staff"]["active"]) == (200, True, False)
    work()
    assert assignee(olga, case) == cast.amy.id
    assert olga.get(f"/staff/{cast.ben.id}.json").status_code == 404
    assert olga.get("/staff.json").json["total_count"] == 2
    assert olga.as_(BEN, cast.keys["ben"]).get("/staff.json").status_code == 401
    assert api.get("/audit?name=member_dismissed").json["items"][0]["subject"]["uuid"] == str(cast.ben.uuid)


def test_the_address_of_one_who_was_deleted_can_be_anothers(olga: Deskie, cast: Cast) -> None:
    olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    again = olga.post("/staff.json", {"staff": {"staff_email": BEN, "staff_full_name": "Ben again"}})
    assert again.status_code == 201, again.text
    assert again.json["staff"]["staff_id"] != cast.ben.id


def test_a_case_is_opened_for_the_address_of_one_who_was_deleted(olga: Deskie, api: Api, cast: Cast) -> None:
    olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    assert olga.opened(BEN)["user_id"] != cast.ben.id
    assert api.get(f"/persons?email={BEN}").json["items"][0]["team"] is False


def test_an_address_of_one_who_was_deleted_can_be_added_to_another(olga: Deskie, api: Api, cast: Cast) -> None:
    olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    answer = api.post(f"/persons/{cast.una.uuid}/identities", {"value": BEN})
    assert answer.status_code == 201, answer.text


def test_until_then_customers_see_nothing_of_his_address(
    olga: Deskie, cast: Cast, outside: Outside, work: Worker, api: Api
) -> None:
    olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    case = api.opened(UNA)["uuid"]
    work()
    api.post(f"/cases/{case}/messages", {"from": AMY, "message": f"It was {BEN} who said so."})
    work()
    assert BEN not in outside.inbox(UNA)[-1].get_content()


def test_one_who_was_deleted_and_writes_is_a_customer(
    olga: Deskie, cast: Cast, outside: Outside, work: Worker, api: Api
) -> None:
    olga.delete(f"/staff/{cast.ben.id}.json", json=replaced_by(cast.amy))
    outside.send(letter(f"Ben <{BEN}>", "Hello", "I am back."))
    work()
    [case] = api.get("/cases").json["items"]
    assert (case["requester"]["email"], case["requester"]["team"]) == (BEN, False)


def test_what_one_who_was_deleted_shared_is_anothers(app: Flask, admin: Deskie, olga: Deskie, cast: Cast) -> None:
    mine = Api(app.test_client(), admin.key)
    mine.post("/canned-answers", {"title": "Shared", "text": "Hi", "shared": True})
    mine.post("/canned-answers", {"title": "Own", "text": "Hi"})
    olga.delete(f"/staff/{cast.amy.id}.json", json=replaced_by(cast.ben))
    with app.app_context(), transaction():
        left = db.session.execute(db.text("SELECT title, owner_id FROM canned_answers")).all()
    assert [tuple(one) for one in left] == [("Shared", cast.ben.id)]


def test_roles_and_statuses_are_listed(deskie: Deskie) -> None:
    roles = deskie.get("/staff_roles.json").json
    assert roles["0"] == {"staff_roles": {"role_id": 1, "role": "collaborator"}}
    assert (roles["3"]["staff_roles"]["role"], roles["count"]) == ("owner", 4)
    statuses = deskie.get("/staff_statuses.json").json
    assert statuses == {
        "0": {"staff_statuses": {"status_id": 1, "status": "online", "active": True}},
        "1": {"staff_statuses": {"status_id": 2, "status": "offline", "active": True}},
        "count": 2,
    }
