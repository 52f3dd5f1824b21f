"""Custom channels by Deskie's dialect, and what their webhooks are told."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.jobs import webhooks as jobs
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import AMY, BEN, UNA
from tests.conftest import on_both
from tests.webhooks.receiver import Receiver

pytestmark = pytest.mark.settings(CASEY_WEBHOOK_ALLOW_PRIVATE="true")

Staff = Callable[[str], Deskie]


class App(Receiver):
    """The integrator's own app, which listens to answers in its channel."""

    def hear(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        if self.status == 200:
            self.taken.append(json.loads(body))
        return self.status, b""


@pytest.fixture
def chat() -> Iterator[App]:
    with App() as listening:
        yield listening


@pytest.fixture
def channel(staff: Staff, chat: App) -> Any:
    """A channel whose webhook leads to the app."""
    new = {"custom_channel": {"title": "Our app", "channel_type": "sync", "icon": "bell", "webhook_url": chat.url}}
    answer = staff("olga").post("/custom_channels.json", new)
    assert answer.status_code == 201, answer.text
    return answer.json["custom_channel"]


def tell(app: Flask) -> None:
    """What a worker does about webhooks, once."""
    with app.app_context():
        jobs.dispatch()


def opened_in(channel: Any, deskie: Deskie) -> Any:
    key = channel["channel_api_key"]
    return deskie.opened(user_email="", user_custom_id="u-7", user_full_name="Una", channel=key)


def posted(api: Api, case: Any, text: str) -> Any:
    [found] = api.get(f"/cases?reference={case['case_number']}").json["items"]
    answer = api.post(f"/cases/{found['uuid']}/messages", {"from": BEN, "message": text})
    assert answer.status_code == 201, answer.text
    api.post(f"/cases/{found['uuid']}/notes", {"from": BEN, "note": "Between us."})
    return found


@on_both
def test_an_answer_in_a_channel_is_told_to_its_webhook_and_a_note_is_not(
    app: Flask, api: Api, deskie: Deskie, chat: App, channel: Any
) -> None:
    case = opened_in(channel, deskie)
    deskie.opened(UNA)
    posted(api, case, "We are looking into it.")
    tell(app)
    [told] = chat.taken
    assert told == {
        "type": "message_new",
        "object": {
            "message_id": told["object"]["message_id"],
            "case_id": case["case_id"],
            "staff_id": told["object"]["staff_id"],
            "user_id": case["user_id"],
            "custom_user_id": "u-7",
            "content": "We are looking into it.",
            "note": False,
            "sent_via_rule": False,
        },
    }


def test_no_address_of_the_team_leaves_by_a_channel(
    app: Flask, api: Api, deskie: Deskie, chat: App, channel: Any
) -> None:
    posted(api, opened_in(channel, deskie), f"Please write to {AMY} instead.")
    tell(app)
    assert AMY not in json.dumps(chat.taken)
    assert chat.taken[0]["object"]["content"].startswith("Please write to ")


def test_answers_wait_while_the_app_is_away_and_come_in_order(
    app: Flask, api: Api, deskie: Deskie, staff: Staff, chat: App, channel: Any
) -> None:
    case = opened_in(channel, deskie)
    chat.status = 500
    for number in range(3):
        posted(api, case, f"Answer {number}.")
    tell(app)
    assert chat.taken == []
    chat.status = 200
    one = f"/custom_channels/{channel['channel_id']}"
    assert staff("olga").put(f"{one}/disable.json").json["custom_channel"]["active"] is False
    assert staff("olga").put(f"{one}/enable.json").json["custom_channel"]["active"] is True
    for _ in range(3):
        tell(app)
    assert [one["object"]["content"] for one in chat.taken] == ["Answer 0.", "Answer 1.", "Answer 2."]


def test_a_channel_is_shown_changed_and_listed(staff: Staff, chat: App, channel: Any) -> None:
    assert channel == {
        "channel_id": channel["channel_id"],
        "channel_api_key": f"cch{channel['channel_id']}",
        "title": "Our app",
        "channel_type": "sync",
        "icon": "bell",
        "webhook_url": chat.url,
        "active": True,
    }
    one = f"/custom_channels/{channel['channel_api_key']}.json"
    said = {"custom_channel": {"title": "Shop", "webhook_url": ""}}
    changed = staff("olga").put(one, said).json["custom_channel"]
    assert (changed["title"], changed["webhook_url"], changed["channel_type"]) == ("Shop", "", "sync")
    listed = staff("ben").get("/custom_channels.json").json
    assert (listed["total_count"], listed["0"]["custom_channel"]["title"]) == (1, "Shop")


def test_where_a_webhook_leads_is_shown_to_admins_alone(staff: Staff, channel: Any) -> None:
    one = f"/custom_channels/{channel['channel_id']}.json"
    assert staff("ben").get(one).json["custom_channel"]["webhook_url"] == ""
    assert staff("olga").get(one).json["custom_channel"]["webhook_url"] == channel["webhook_url"]


def test_an_address_that_is_none_makes_no_channel(staff: Staff) -> None:
    new = {"custom_channel": {"title": "Shop", "webhook_url": "ftp://shop.test/"}}
    answer = staff("olga").post("/custom_channels.json", new)
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_webhook_url")
    assert staff("olga").get("/custom_channels.json").json == {"total_count": 0}
