"""When a mail names more than one case: the surest sign counts, and the others are written down."""

from flask import Flask

from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside


def conflict(app: Flask) -> str | None:
    """What is noted about the last mail."""
    [found] = [one["detail"] for one in inbound(app)[-1].decisions if one["rule"] == "threading_conflict"]
    return str(found) if found else None


def test_a_conflict_between_token_headers_and_subject_is_recorded(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    mine = letter(UNA, "First", "Hi")
    outside.send(mine)
    work()
    for subject in ("Second", "Third"):
        api.opened(UNA, subject=subject)
    work()
    first, second, third = cases(app)
    token = outside.inbox(UNA)[-1]["Message-ID"]
    headers = {"In-Reply-To": mine["Message-ID"], "References": token}
    outside.send(letter(UNA, f"Re: [Case {second.reference}] Second", "Hi", **headers))
    work()
    assert inbound(app)[-1].case_id == third.id
    assert conflict(app) == f"another case by headers: {first.reference}, another case by subject: {second.reference}"


def test_signs_that_agree_are_no_conflict(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(UNA)[0], f"About {case['reference']}")
    work()
    assert inbound(app)[-1].outcome == "posted"
    assert conflict(app) is None
