"""Jobs that keep tables from growing for ever."""

from collections.abc import Callable

from app import answers
from app.bulk import forgetting
from app.transaction import transaction
from app.webhooks import deliveries


def forget_old_answers() -> None:
    """Forget the answers to requests that nobody repeats any more."""
    _batch_by_batch(answers.forget_old_answers)


def forget_old_deliveries() -> None:
    """Forget what webhooks were told of long ago."""
    _batch_by_batch(deliveries.forget_old_deliveries)


def forget_old_jobs() -> None:
    """Forget bulk work that ended long ago."""
    _batch_by_batch(forgetting.forget_old_jobs)


def _batch_by_batch(forget: Callable[[], int]) -> None:
    gone = True
    while gone:
        with transaction():
            gone = forget() > 0
