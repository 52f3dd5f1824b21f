"""Channels of cases by Deskie's dialect: each is taken, shown and found, and so is what several are called together."""

import pytest

from tests.api.deskie.client import Deskie
from tests.api.deskie.listed import listed

ASYNC = ("email", "web", "call", "facebook", "vkontakte", "twitter", "instagram_posts", "youscan", "idea")
MESSENGERS = ("telegram", "skype", "slack", "mattermost", "viber", "line", "zalo", "wa_chat")
SOCIAL_CHATS = ("fb_chat", "vk_chat", "instagram_chat", "ok_chat")
SYNC = ("live_chat", *SOCIAL_CHATS, "avito", *MESSENGERS)
CUSTOM = "cch7"
TOGETHER = {
    "async": ASYNC,
    "sync": SYNC,
    "messengers": MESSENGERS,
    "social": ("facebook", "vkontakte", "twitter", "instagram_posts", *SOCIAL_CHATS),
}


@pytest.mark.parametrize("channel", [*ASYNC, *SYNC, CUSTOM])
def test_a_case_of_a_channel_is_shown_and_found_as_that(deskie: Deskie, channel: str) -> None:
    deskie.opened(channel="web" if channel != "web" else "email")
    case = deskie.opened(channel=channel)
    assert case["channel"] == channel
    recipients = {"email": "support@casey.test", "web": "support@casey.test", "idea": ""}
    assert case["recipient"] == recipients.get(channel, channel)
    assert listed(deskie, channel=channel) == [case["case_id"]]


def test_without_a_channel_it_is_of_the_web(deskie: Deskie) -> None:
    assert deskie.opened()["channel"] == deskie.opened(channel="")["channel"] == "web"


def test_channels_are_found_together(deskie: Deskie) -> None:
    cases = {channel: deskie.opened(channel=channel)["case_id"] for channel in (*ASYNC, *SYNC, CUSTOM)}
    for name, channels in TOGETHER.items():
        assert sorted(listed(deskie, channel=name)) == sorted(cases[one] for one in channels), name
    both = listed(deskie, f"channel[]=social&channel[]={CUSTOM}")
    assert sorted(both) == sorted(cases[one] for one in (*TOGETHER["social"], CUSTOM))


@pytest.mark.parametrize(
    "channel", ["mail", "api", "import", "WEB", "web ", "web\n", "cch", "cchat", "sync", "carrier pigeon"]
)
def test_a_case_comes_through_no_channel_that_there_is_not(deskie: Deskie, channel: str) -> None:
    said = {"user_email": "una@customer.test", "subject": "Help", "content": "It burns.", "channel": channel}
    answer = deskie.post("/cases.json", {"case": said})
    assert (answer.status_code, answer.json["error"]) == (422, "wrong_channel")
