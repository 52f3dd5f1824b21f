"""Jobs that keep tables from growing for ever."""

from app.answers import forget_old_answers as forget
from app.transaction import transaction


def forget_old_answers() -> None:
    """Forget the answers to requests that nobody repeats any more, batch by batch."""
    gone = True
    while gone:
        with transaction():
            gone = forget() > 0
