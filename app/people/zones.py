"""In which time zone somebody reads."""

from datetime import datetime

from app.clock import time_zone
from app.config import settings
from app.people.models import Person


def local(at: datetime, reader: Person | None = None) -> datetime:
    """The same moment as the reader's clock shows it, or that of the house where he has none of his own."""
    own = reader.time_zone if reader else None
    return at.astimezone(time_zone(own) if own else settings().time_zone)
