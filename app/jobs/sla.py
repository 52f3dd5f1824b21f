"""Jobs of service levels."""

from app.jobs.turns import one_by_one
from app.sla.breaches import breach_if_overdue, overdue_metrics


def note_breaches() -> None:
    """Note, and tell, which promises were not kept."""
    one_by_one(overdue_metrics, breach_if_overdue)
