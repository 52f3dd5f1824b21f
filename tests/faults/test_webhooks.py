"""SIGKILL while a webhook is told: everything is told, and what is told twice bears the same id."""

import signal

import pytest

from app.crash import CrashPoint
from app.transaction import transaction
from app.webhooks.endpoints import create_webhook, try_webhook
from app.webhooks.signing import secret_of
from tests.faults.leases import let_leases_run_out
from tests.faults.test_crash_points import WEBHOOK, work_once
from tests.house import House
from tests.webhooks.receiver import Receiver


@pytest.mark.parametrize("point", sorted(WEBHOOK))
def test_a_worker_killed_here_tells_everything_and_repeats_at_most_the_same_message(
    point: CrashPoint, house: House
) -> None:
    house.environ["CASEY_WEBHOOK_ALLOW_PRIVATE"] = "true"
    with Receiver() as receiver:
        with house.inside(), transaction():
            webhook = create_webhook(receiver.url, ["webhook_tested"], "", by=None)
            receiver.secret = secret_of(webhook)
            try_webhook(webhook, by=None)
        assert work_once(house, CASEY_CRASH_AT=str(point)) == -signal.SIGKILL, house.log.read_text()[-3000:]
        let_leases_run_out(house)
        assert work_once(house) == 0, house.log.read_text()[-3000:]
    times = 2 if point is CrashPoint.WEBHOOK_BEFORE_SETTLE else 1
    assert receiver.names() == ["webhook_tested"] * times
    assert len({one["webhook-id"] for one in receiver.heard}) == 1
