"""Jobs of the cases."""

from app.cases.invitations import remind_team as remind
from app.cases.lifecycle import close_idle_cases
from app.transaction import transaction


def close_idle() -> None:
    """Close the cases that lie idle, a batch at a time."""
    more = True
    while more:
        with transaction():
            more = close_idle_cases() > 0


def remind_team() -> None:
    """Remind whoever has not answered an invitation, a batch at a time."""
    more = True
    while more:
        with transaction():
            more = remind() > 0
