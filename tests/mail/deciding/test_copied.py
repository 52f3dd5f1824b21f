"""Who stands in To and Cc of a mail is proposed for its case, and gets nothing unless somebody lets him in."""

import re
from typing import Any

import pytest

from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import SUPPORT, letter
from tests.sandbox import Outside

KIM, MAX = "kim@customer.test", "max@customer.test"


def proposals(api: Api) -> list[Any]:
    """Who is proposed for the one case there is."""
    [case] = api.get("/cases").json["items"]
    found: list[Any] = api.get(f"/cases/{case['uuid']}").json["proposals"]
    return found


@on_both
def test_those_in_to_and_cc_are_proposed_once_each(api: Api, work: Worker, outside: Outside) -> None:
    to = f"{SUPPORT}, Kim Customer <{KIM}>, support+tag@casey.test"
    outside.send(letter(UNA, "Help!", "Please.", to=to, Cc=f"{UNA}, Max <{MAX.upper()}>"))
    work()
    assert [(one["email"], one["name"]) for one in proposals(api)] == [(KIM, "Kim Customer"), (MAX, "Max")]
    assert {one["proposed_by"]["email"] for one in proposals(api)} == {UNA}
    outside.reply(outside.inbox(UNA)[0], "And another thing", Cc=f"{KIM}, {EVE}")
    work()
    assert [one["email"] for one in proposals(api)] == [KIM, MAX, EVE]
    assert [outside.inbox(one) for one in (KIM, MAX, EVE)] == [[], [], []]


def test_whoever_is_in_the_case_is_not_proposed(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    outside.reply(outside.inbox(UNA)[-1], "This one.", Cc=BEN)
    outside.reply(outside.inbox(BEN)[0], "I see.", Cc=f"{UNA}, {BEN}")
    work()
    assert proposals(api) == []


def test_of_one_mail_at_most_twenty_are_proposed_and_nobody_who_cannot_be_written_to(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    many = ", ".join(f"kim{number}@customer.test" for number in range(30))
    outside.send(letter(UNA, "Help!", "Please.", Cc=f"kim@localhost, {many}"))
    work()
    assert [one["email"] for one in proposals(api)] == [f"kim{number}@customer.test" for number in range(20)]


def test_a_mail_names_the_ten_newest_proposals_and_how_many_more_there_are(
    api: Api, cast: Cast, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)["uuid"]
    work()
    for first in range(0, 120, 20):
        many = ", ".join(f"kim{number}@customer.test" for number in range(first, first + 20))
        outside.reply(outside.inbox(UNA)[0], "And these", Cc=many)
        work()
    found = api.get(f"/cases/{case}").json["proposals"]
    assert [one["email"] for one in found] == [f"kim{number}@customer.test" for number in range(100)]
    mail = outside.inbox(BEN)[-1]
    for kind in ("plain", "html"):
        said = mail.get_body((kind,)).get_content()
        assert [int(one) for one in re.findall(r"#add kim(\d+)@", said)] == list(range(90, 100))
        assert "And 90 more had a copy and are not in this case." in said
    assert "more had a copy" not in outside.inbox(BEN)[0].get_content()


def test_a_robot_proposes_nobody(api: Api, work: Worker, outside: Outside) -> None:
    outside.send(letter(UNA, "Backup failed", "Disk full", Cc=KIM, Auto_Submitted="auto-generated"))
    work()
    assert proposals(api) == []


def test_a_held_mail_proposes_nobody_until_it_is_admitted(api: Api, work: Worker, outside: Outside) -> None:
    outside.send(letter(EVE, f"Re: {api.opened(UNA)['reference']}", "I saw it too!", Cc=KIM))
    work()
    assert proposals(api) == []
    [held] = api.get("/inbound?outcome=held").json["items"]
    api.post(f"/inbound/{held['uuid']}/admit")
    work()
    assert [one["email"] for one in proposals(api)] == [KIM]


@pytest.mark.parametrize("way", ["api", "order"])
def test_whoever_is_let_in_is_proposed_no_more_and_gets_what_is_written_from_then_on(
    api: Api, work: Worker, outside: Outside, way: str
) -> None:
    outside.send(letter(UNA, "Help!", "Please.", Cc=f"{KIM}, {MAX}"))
    work()
    [case] = api.get("/cases").json["items"]
    if way == "api":
        answer = api.post(f"/cases/{case['uuid']}/participants", {"email": KIM, "name": "Kim"})
        assert answer.status_code == 200
        assert [one["email"] for one in answer.json["participants"]] == [UNA, KIM]
    else:
        outside.reply(outside.inbox(BEN)[0], f"#add {KIM}")
    work()
    assert [one["email"] for one in proposals(api)] == [MAX]
    assert outside.inbox(KIM) == []
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": "Hello both"})
    work()
    assert len(outside.inbox(KIM)) == 1
