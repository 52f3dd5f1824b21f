"""The store is only a doorbell: without it Casey answers, and with it back nothing is missing."""

import time

from tests.e2e.people import Somebody
from tests.house import House
from tests.servers.dovecot import Dovecot
from tests.servers.valkey import Valkey

BEN, USER = "ben@domain.tld", "some.user@other.tld"
SOON = 5.0


def test_with_the_store_stopped_for_the_whole_flow_the_api_answers_and_all_mail_comes_when_it_returns(
    house: House, dovecot: Dovecot, valkey: Valkey
) -> None:
    valkey.stop()
    house.start_everything()
    ben, user = Somebody(BEN, dovecot), Somebody(USER, dovecot)
    case = {"creator": {"email": USER}, "subject": "I found a bug", "message": "It is over there!"}
    began = time.monotonic()
    assert house.call("POST", "/persons", {"name": "Ben Foo", "email": BEN, "team": True}).status == 201
    opened = house.call("POST", "/cases", case)
    answer = {"from": BEN, "message": "We look into it."}
    assert house.call("POST", f"/case/{opened.json['uuid']}/messages", answer).status == 201
    assert time.monotonic() - began < SOON
    user.writes(f"[Case {opened.json['reference']}]", "It is under the table.")

    valkey.start()
    user.mail_that_says("We look into it.")
    ben.mail_that_says("It is over there!")
    ben.mail_that_says("It is under the table.")


def test_a_store_that_forgets_everything_costs_no_mail(house: House, dovecot: Dovecot, valkey: Valkey) -> None:
    house.start("web")
    for number in range(5):
        case = {"creator": {"email": f"user{number}@other.tld"}, "subject": "Help", "message": f"Number {number}."}
        assert house.call("POST", "/cases", case).status == 201
    valkey.flush()
    house.start("worker", "ticker")
    for number in range(5):
        Somebody(f"user{number}@other.tld", dovecot).mail_that_says(f"Number {number}.")
