"""What a link in a mail leads to, and what can be done there, to its end."""

from datetime import timedelta

import pytest
from time_machine import travel

from app.clock import now
from tests.api_client import Api
from tests.browser.stories.reader import Reader
from tests.cast import BEN, UNA
from tests.conftest import Worker

pytestmark = pytest.mark.browser


def test_a_link_that_has_ended_leads_to_a_new_one(una: Reader, api: Api) -> None:
    api.opened(UNA)
    una.work()
    with travel(now() + timedelta(days=91)):
        una.follow("/c/")
        una.reads("This link has ended")
        una.fill("Your address", UNA)
        una.press("Send me a new link")
        una.reads("Please look into your mail")
        una.follow("/c/")
        una.reads("It is over there!")


def test_somebody_has_enough_of_a_case_and_later_wants_to_hear_of_it_again(una: Reader, api: Api, work: Worker) -> None:
    case = api.opened(UNA)["uuid"]
    una.follow("/c/")
    una.press("Stop mailing me")
    una.reads("You get no mail of this case.")
    before = una.mails()
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": "Nobody hears this."})
    assert una.mails() == before
    una.follow("/c/")
    una.reads("Nobody hears this.")
    una.press("Mail me again")
    una.reads("Do you want no more mail of this case?")
    api.post(f"/cases/{case}/messages", {"from": BEN, "message": "She hears this."})
    assert una.mails() == before + 1


def test_one_of_the_team_comes_in_by_a_mail_and_finds_his_case(ben: Reader, api: Api) -> None:
    api.opened(UNA, subject="Where is my tea?")
    ben.sign_in()
    ben.page.get_by_role("link", name="Where is my tea?").click()
    ben.reads("It is over there!")
    ben.press("Sign out")
    ben.page.get_by_role("heading", name="Sign in").wait_for()
