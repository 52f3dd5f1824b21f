"""How often each further mail goes to the database. What is asked once for many mails is not counted."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.jobs import mail
from tests.cast import Cast
from tests.letters import letter
from tests.queries import queries
from tests.sandbox import Outside

SOME = 5
MOST_TO_OPEN_A_CASE, MOST_TO_SEND = 38, 20


def _asked(app: Flask, job: Callable[[], None]) -> int:
    with queries(app) as found, app.app_context():
        job()
    return len(found)


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_each_further_mail_costs_few_statements(app: Flask, cast: Cast, outside: Outside) -> None:
    costs: list[tuple[int, int]] = []
    for number in range(2):
        for one in range(number * SOME + SOME):
            outside.send(letter(f"customer{number}.{one}@world.test", "Help!", "Please."))
        costs.append((_asked(app, mail.sweep_inbound), _asked(app, mail.sweep_outbox)))
    (few_in, few_out), (many_in, many_out) = costs
    assert (many_in - few_in) / SOME <= MOST_TO_OPEN_A_CASE
    assert (many_out - few_out) / (2 * SOME) <= MOST_TO_SEND  # a receipt, and an invitation
