"""The conversation through one address, in one process."""

from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import SUPPORT, letter
from tests.sandbox import Outside


@on_both
def test_customer_and_team_talk_through_one_address(api: Api, work: Worker, outside: Outside, cast: Cast) -> None:
    case = api.opened(UNA)
    work()
    [invitation] = outside.inbox(BEN)
    assert "It is over there!" in invitation.get_content()
    assert [one.addr_spec for one in invitation["From"].addresses] == [SUPPORT]

    outside.reply(invitation, "Can you tell us more?")
    work()
    [_, answer] = outside.inbox(UNA)
    assert "Can you tell us more?" in answer.get_content()
    assert answer["From"].addresses[0].display_name == "Ben (Support)"
    assert answer["Reply-To"].addresses[0].addr_spec == SUPPORT

    outside.reply(answer, "It is under the table.")
    work()
    assert "It is under the table." in outside.inbox(BEN)[-1].get_content()
    found = api.get(f"/case/{case['uuid']}").json
    assert [one["alias"] for one in found["messages"]] == ["Una Customer", "Ben (Support)", "Una Customer"]


def test_whoever_is_not_invited_gets_nothing_once_the_case_is_taken_up(
    api: Api, work: Worker, outside: Outside, cast: Cast
) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "I take this.")
    work()
    before = len(outside.inbox(cast.amy.email))
    outside.reply(outside.inbox(UNA)[-1], "Thank you.")
    work()
    assert len(outside.inbox(cast.amy.email)) == before


def test_a_strangers_mail_is_held_and_goes_to_nobody(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    sent = outside.send(letter(EVE, f"[Case {case['reference']}] hi", "Tell me everything."))
    work()
    assert outside.received(sent)["outcome"] == "held"
    assert outside.inbox(EVE) == []
    assert len(api.get(f"/case/{case['uuid']}").json["messages"]) == 1
