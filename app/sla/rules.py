"""What begins, interrupts and ends each metric: one rule a metric, told moment by moment."""

from collections.abc import Callable, Mapping

from app.cases.models import Status
from app.cases.snoozing import DONE
from app.sla.clock import Clock
from app.sla.models import Metric
from app.sla.moments import Moment, Said


def tell(clock: Clock, moment: Moment) -> None:
    """Let a metric know what happened to its case."""
    RULES[clock.measures](clock, moment)


def _first_reply(clock: Clock, moment: Moment) -> None:
    """From the first thing that is asked, mostly by opening the case, to the first answer."""
    if moment.said is not None and not clock.begun:
        clock.start(moment.at)
    if moment.said is Said.ANSWER:
        clock.complete(moment.at)
    if clock.begun and not clock.fulfilled:
        _run_or_rest(clock, moment, resting=moment.standing.status in DONE)


def _next_reply(clock: Clock, moment: Moment) -> None:
    """From the first thing that is asked after an answer to the next answer; then again."""
    if moment.said is Said.QUESTION and moment.answered and (not clock.begun or clock.fulfilled):
        clock.start(moment.at)
    if moment.said is Said.ANSWER and clock.begun:
        clock.complete(moment.at)
    if clock.begun and not clock.fulfilled:
        _run_or_rest(clock, moment, resting=moment.standing.status in DONE)


def _resolution(clock: Clock, moment: Moment) -> None:
    """From the opening until the case is done, and on if it is opened again; not while the customer is waited for."""
    if moment.opening:
        clock.start(moment.at)
    if clock.begun and moment.standing.status in DONE and not moment.standing.merged:
        clock.complete(moment.at)
    elif clock.begun:
        _run_or_rest(clock, moment, resting=moment.standing.status is Status.WAITING)


def _run_or_rest(clock: Clock, moment: Moment, *, resting: bool) -> None:
    standing = moment.standing
    if standing.merged:
        clock.complete(moment.at, cut_off=True)
    elif resting or standing.resting or standing.discarded:
        clock.pause(moment.at)
    else:
        clock.resume(moment.at)


RULES: Mapping[Metric, Callable[[Clock, Moment], None]] = {
    Metric.FIRST_REPLY: _first_reply,
    Metric.NEXT_REPLY: _next_reply,
    Metric.RESOLUTION: _resolution,
}
