"""A metric that runs, rests and is done, and when it is due. Whatever is done twice changes nothing."""

from dataclasses import dataclass
from datetime import datetime

from app.sla.models import Metric, SlaMetric, SlaTarget, Stage
from app.sla.working_time import Time


@dataclass(frozen=True)
class Clock:
    """A metric of a case, what it is to reach, and the time in which that is measured.

    The metric may not have begun: then it is in no table yet.
    """

    metric: SlaMetric
    target: SlaTarget
    time: Time

    @property
    def measures(self) -> Metric:
        return self.target.metric

    @property
    def begun(self) -> bool:
        return self.metric.started_at is not None

    @property
    def completed(self) -> bool:
        return self.metric.stage is Stage.COMPLETED

    @property
    def fulfilled(self) -> bool:
        """Whether it is completed by what it waited for."""
        return self.completed and not self.metric.cut_off

    def clear(self) -> None:
        """As if it had never begun."""
        one = self.metric
        one.stage = one.started_at = one.running_since = None  # type: ignore[assignment]
        one.paused_at = one.completed_at = one.due_at = one.breached_at = None
        one.target, one.used, one.cut_off = self.target, 0.0, False

    def start(self, at: datetime) -> None:
        """Begin, whatever was before."""
        self.clear()
        self.metric.started_at = at
        self.resume(at)

    def resume(self, at: datetime) -> None:
        """Run on; what is left of the goal is due then. What is breached stays due when it was."""
        one = self.metric
        if one.stage is not Stage.ACTIVE:
            one.stage, one.running_since, one.completed_at, one.cut_off = Stage.ACTIVE, at, None, False
            if one.breached_at is None:
                one.due_at = self.time.after(at, max(self.target.goal - one.used, 0.0))

    def pause(self, at: datetime) -> None:
        """Rest. When it is due nobody knows until it runs on."""
        one = self.metric
        if one.stage is not Stage.PAUSED:
            self._halt(at)
            one.stage, one.paused_at, one.completed_at, one.cut_off = Stage.PAUSED, at, None, False
            if one.breached_at is None:
                one.due_at = None

    def complete(self, at: datetime, *, cut_off: bool = False) -> None:
        """Be done; one that rests is due as if it had run on just then."""
        one = self.metric
        if not self.completed:
            self.resume(at)
            self._halt(at)
            one.stage, one.completed_at, one.cut_off = Stage.COMPLETED, at, cut_off

    def _halt(self, at: datetime) -> None:
        one = self.metric
        if one.running_since is not None:
            one.used += self.time.between(one.running_since, at)
            self.miss(at)
            one.running_since = None

    def miss(self, at: datetime) -> None:
        """Be breached, if it runs and is due by then."""
        one = self.metric
        if one.running_since is not None and one.breached_at is None and one.due_at is not None and one.due_at <= at:
            one.breached_at = one.due_at
