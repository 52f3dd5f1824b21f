"""Jobs that keep tables from growing for ever."""

from collections.abc import Callable

from app import answers
from app.bulk import expiring
from app.transaction import transaction
from app.webhooks import deliveries


def forget_old_answers() -> None:
    """Forget the answers to requests that nobody repeats any more."""
    _batch_by_batch(answers.forget_old_answers)


def forget_old_deliveries() -> None:
    """Forget what webhooks were told of long ago."""
    _batch_by_batch(deliveries.forget_old_deliveries)


def forget_old_files() -> None:
    """Forget the files that jobs have made long ago."""
    _batch_by_batch(expiring.let_go_of_old_files)


def _batch_by_batch(forget: Callable[[], int]) -> None:
    gone = True
    while gone:
        with transaction():
            gone = forget() > 0
