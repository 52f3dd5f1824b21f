"""Who hears of what is written in a case, whatever became of him meanwhile."""

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside


def test_a_member_who_answered_and_is_a_customer_now_hears_of_each_message_once(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "I am on it."})
    api.patch(f"/persons/{cast.ben.uuid}", {"team": False})
    work()
    answer = api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "It also squeaks."})
    assert answer.status_code == 201
    work()
    assert len([one for one in outside.inbox(BEN) if "It also squeaks." in one.get_content()]) == 1
    assert "It also squeaks." in outside.inbox(AMY)[-1].get_content()


def test_who_was_invited_as_a_member_and_is_a_customer_now_hears_nothing(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    api.patch(f"/persons/{cast.ben.uuid}", {"team": False})
    work()
    before = len(outside.inbox(BEN))
    api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "It also squeaks."})
    work()
    assert len(outside.inbox(BEN)) == before
