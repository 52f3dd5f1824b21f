"""To whom messages were mailed, by Kayako's dialect."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from tests.api.kayako.client import Kayako
from tests.api.kayako.written import wrote
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.queries import queries

MESSAGES = "/cases/1/messages?include=message_recipient,identity_email"
User = Callable[[str], Kayako]


def told(kayako: Kayako, text: str) -> list[tuple[str, str]]:
    """How and where the message with this text was mailed."""
    [found] = [one for one in kayako.get(f"{MESSAGES}&limit=100").json["data"] if one["body_text"] == text]
    return [(one["type"], one["email"]) for one in found["recipients"]]


@on_both
def test_what_the_team_writes_is_to_the_requester_and_in_copy_to_everybody_else(
    api: Api, kayako: Kayako, case: Any, work: Worker
) -> None:
    api.post(f"/cases/{case['uuid']}/participants", {"email": EVE})
    wrote(api, case, "It is out.")
    assert told(kayako, "It is out.") == [("TO", UNA), ("CC", EVE)]
    work()
    assert told(kayako, "It is out.") == [("TO", UNA), ("CC", EVE)]


@on_both
def test_what_a_customer_writes_is_to_the_team_and_in_copy_to_other_customers(
    api: Api, kayako: Kayako, case: Any
) -> None:
    wrote(api, case, "It is out.")
    api.post(f"/cases/{case['uuid']}/participants", {"email": EVE})
    wrote(api, case, "It burns again.", by=UNA)
    assert sorted(told(kayako, "It burns again.")) == [("CC", EVE), ("TO", BEN)]
    opening = kayako.get(MESSAGES).json["data"][-1]["recipients"]
    assert {(one["type"], one["email"]) for one in opening} <= {("TO", BEN), ("TO", AMY), ("TO", OLGA)}
    assert opening


def test_a_recipient_has_his_name_and_the_address_that_he_had(
    api: Api, user: User, cast: Cast, case: Any, work: Worker
) -> None:
    wrote(api, case, "It is out.")
    work()
    address = "/cases/1/messages?include=message_recipient,identity_email&limit=1"
    [una] = user("ben").get(address).json["data"][0]["recipients"]
    assert (una["resource_type"], una["name"], una["email"]) == ("message_recipient", "Una Customer", UNA)
    assert (una["identity"]["resource_type"], una["identity"]["email"]) == ("identity_email", UNA)
    plain = user("ben").get("/cases/1/messages?limit=1").json["data"][0]["recipients"]
    assert plain == [{"id": una["id"], "resource_type": "message_recipient"}]
    user("olga").post("/identities/emails", {"user_id": cast.una.id, "email": "una@new.test", "is_primary": True})
    assert user("olga").delete(f"/identities/emails/{una['identity']['id']}").status_code == 200
    [una] = user("ben").get(address).json["data"][0]["recipients"]
    assert (una["email"], una["identity"]) == (UNA, None)


def test_what_was_mailed_to_nobody_has_no_recipients(api: Api, kayako: Kayako, case: Any) -> None:
    said = {"from": BEN, "message": "By telephone.", "mailed": False}
    assert api.post(f"/cases/{case['uuid']}/messages", said).status_code == 201
    assert told(kayako, "By telephone.") == []


@on_both
def test_the_recipients_of_a_page_are_asked_for_at_once(app: Flask, api: Api, kayako: Kayako, case: Any) -> None:
    def cost() -> int:
        with queries(app) as asked:
            assert kayako.get(f"{MESSAGES}&limit=100").status_code == 200
        return len(asked)

    wrote(api, case, "one")
    cost()  # the first call notes that the key is in use
    few = cost()
    wrote(api, case, *"abcdefgh")
    assert cost() == few
    posts = "/cases/1/posts?include=case_message,message_recipient,identity_email"
    [una] = kayako.get(posts).json["data"][0]["original"]["recipients"]
    assert una["identity"]["email"] == UNA
