"""How far the mails of a case got, over HTTP."""

from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker


def test_each_mail_of_a_case_says_how_far_it_got(api: Api, work: Worker) -> None:
    case = api.opened(UNA)
    waiting = api.get(f"/cases/{case['uuid']}/deliveries").json["items"]
    assert {(one["status"], one["attempts"], one["sent_at"]) for one in waiting} == {("queued", 0, None)}
    assert all(one["next_at"] for one in waiting)
    work()
    sent = api.get(f"/case/{case['uuid']}/deliveries").json["items"]
    assert [one["uuid"] for one in sent] == [one["uuid"] for one in waiting]
    assert {(one["purpose"], one["to"]["email"]) for one in sent} >= {("initial", UNA), ("invitation", BEN)}
    assert {(one["status"], one["attempts"], one["next_at"]) for one in sent} == {("sent", 1, None)}
    assert {one["message"] for one in sent} == {case["messages"][0]["uuid"]}


def test_the_list_goes_on_behind_its_cursor(api: Api) -> None:
    case = api.opened(UNA)
    api.opened(UNA)
    path, found, cursor = f"/cases/{case['uuid']}/deliveries?limit=1", [], "0"
    while cursor is not None:
        answer = api.get(f"{path}&cursor={cursor}").json
        found, cursor = found + answer["items"], answer["next"]
    assert len({one["uuid"] for one in found}) == len(found) == 4
