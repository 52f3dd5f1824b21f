"""Jobs of the webhooks: writing down what each is to be told of, and telling it."""

import time

from app.queue import bell, ring
from app.transaction import reading, transaction
from app.webhooks import delivering, dispatching

AT_ONCE = 20
SECONDS = 60.0


def dispatch() -> None:
    """Walk the log for every webhook, then have each told by a job of its own, so that none keeps another waiting."""
    with reading():
        behind = dispatching.webhooks_behind()
    for webhook_id in behind:
        _write_down(webhook_id)
    with reading():
        due = delivering.webhooks_due()
    for webhook_id in due:
        if bell():
            ring("webhooks.deliver_to", webhook_id, ttl=int(SECONDS))
        else:
            deliver_to(webhook_id)


def _write_down(webhook_id: int) -> None:
    more = True
    while more:
        with transaction():
            more = dispatching.write_deliveries(webhook_id)


def deliver_to(webhook_id: int) -> None:
    """Tell one webhook what waits for it; what takes too long is left to the next turn."""
    until = time.monotonic() + SECONDS
    while due := _due(webhook_id):
        for delivery_id in due:
            if time.monotonic() > until:
                return
            delivering.deliver(delivery_id)


def _due(webhook_id: int) -> list[int]:
    with reading():
        return delivering.due_deliveries(webhook_id, AT_ONCE)
