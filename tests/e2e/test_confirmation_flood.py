"""A form that anybody may fill in with anybody's address must not make us flood it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import EVE
from tests.conftest import Worker, on_both
from tests.leaks import decoded
from tests.sandbox import Outside
from tests.scale import up_to

CREATES = up_to(60, 1000)
BAIT = "Win a prize at https://prizes.test"


def spelled(number: int) -> str:
    """One of the many ways to write eve's address; all of them reach her."""
    local, _, domain = EVE.partition("@")
    plus = f"+{number}" if number % 3 else ""
    return [str.lower, str.upper, str.title][number % 5 % 3](f"{local}{plus}@{domain}")


@on_both
@pytest.mark.campaign
@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_flood_of_creates_for_one_victim_sends_three_mails_and_none_of_the_strangers_words(
    app: Flask, api: Api, work: Worker
) -> None:
    def create(number: int) -> None:
        Api(app.test_client(), api.key).opened(spelled(number), subject=BAIT, message=BAIT)

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(create, range(CREATES)))
    work()
    addresses = {spelled(number).lower() for number in range(CREATES)}
    got = [mail for address in addresses for mail in Outside(app).inbox(address)]
    print(f"{CREATES} creates under {len(addresses)} spellings of one address: {len(got)} mails within the hour")
    assert len(got) == 3
    assert {mail["Auto-Submitted"] for mail in got} == {"auto-generated"}
    assert not [mail for mail in got if BAIT in decoded(mail.as_bytes())]


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_the_team_hears_nothing_of_such_a_flood(app: Flask, api: Api, work: Worker) -> None:
    for number in range(10):
        api.opened(spelled(number))
    work()
    assert [len(Outside(app).inbox(f"{name}@team.test")) for name in ("ben", "amy", "olga")] == [0, 0, 0]
