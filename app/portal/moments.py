"""Moments as people say them."""

from datetime import datetime

from app.clock import now
from app.translating import ago


def since(at: datetime) -> str | None:
    """How long ago something was, in words; None where the day says more."""
    return ago(at, now())
