"""Work that comes round again: a small table, and a ticker that rings for what is due.

Any number of tickers may run: claiming a task is a conditional update, so each turn is rung once.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from app.clock import now
from app.config import settings
from app.config.sources import BadConfiguration
from app.extensions import Base, db
from app.files.strays import TURN
from app.mail.intake.idling import Watch
from app.queue import ring
from app.transaction import transaction

TICK = 0.5
LATE = timedelta(seconds=30)

log = logging.getLogger(__name__)


class PeriodicTask(Base):
    """When a task is due next."""

    __tablename__ = "periodic_tasks"

    name: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    next_at: Mapped[datetime]


def _every(seconds: int) -> Callable[[], timedelta]:
    return lambda: timedelta(seconds=seconds)


def _mail_sync_timer() -> timedelta:
    return timedelta(seconds=settings().mail_sync_timer)


TASKS: Mapping[str, Callable[[], timedelta]] = {
    "mail.sync_mailboxes": _mail_sync_timer,
    "mail.sweep_outbox": _every(10),
    "mail.sweep_inbound": _every(10),
    "mail.sweep_sign_ins": _every(10),
    "mail.sweep_link_requests": _every(30),
    "cases.close_idle": _every(60),
    "cases.remind_team": _every(30),
    "cases.send_scheduled": _every(10),
    "cases.wake_snoozed": _every(30),
    "sla.note_breaches": _every(15),
    "bulk.sweep_jobs": _every(20),
    "webhooks.dispatch": _every(5),
    "cases.sweep_trash": _every(60),
    "cases.forget_unused_files": _every(300),
    "retention.remove_old_cases": _every(600),
    "retention.drop_old_mails": _every(600),
    "upkeep.doubt_stray_files": lambda: TURN,
    "upkeep.forget_old_answers": _every(3600),
    "upkeep.forget_old_deliveries": _every(3600),
    "upkeep.forget_old_jobs": _every(3600),
    "upkeep.forget_old_sessions": _every(3600),
    "files.look_at_pictures": _every(10),
    "upkeep.forget_old_uploads": _every(600),
    "upkeep.forget_old_files": _every(3600),
}


def due_tasks() -> list[tuple[str, timedelta]]:
    """Claim what is due, each with its present interval, which also bounds how long a ring may wait for a worker."""
    moment = now()
    known = {task.name: task for task in db.session.scalars(sa.select(PeriodicTask))}
    due = []
    for name, interval in TASKS.items():
        if name not in known:
            db.session.add(PeriodicTask(name=name, next_at=moment))
        elif _claim(known[name], moment, interval()):
            due.append((name, interval()))
    return due


def _claim(task: PeriodicTask, moment: datetime, interval: timedelta) -> bool:
    """True for one ticker only. A turn set far ahead, by a longer interval or another clock, is brought back."""
    if moment < task.next_at <= moment + interval:
        return False
    claimed = db.session.execute(
        sa.update(PeriodicTask)
        .where(PeriodicTask.name == task.name, PeriodicTask.next_at == task.next_at)
        .values(next_at=moment + interval)
        .returning(PeriodicTask.name)
    ).first()
    return claimed is not None


def late() -> bool:
    """Whether some task is long overdue, so that no ticker can be running."""
    oldest = db.session.scalar(sa.select(sa.func.min(PeriodicTask.next_at)).where(PeriodicTask.name.in_(TASKS)))
    return oldest is None or oldest < now() - LATE


def tick() -> None:
    """Ring for everything that is due."""
    with transaction():
        due = due_tasks()
    for name, interval in due:
        ring(name, ttl=max(int(interval.total_seconds()), 30))


def run_ticker(app: Flask) -> None:
    """Tick until told to stop, and listen at the mailboxes meanwhile: one process does, and it is never busy."""
    stopped, watch = threading.Event(), Watch(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.wait(TICK):
        with app.app_context():
            anyhow(tick)
            anyhow(watch.follow)
    watch.stop()


def anyhow(work: Callable[[], None]) -> None:
    """Do this. A database that is away for a while is waited for, and a broken setting until somebody mends it."""
    try:
        work()
    except (SQLAlchemyError, ValueError, BadConfiguration):
        log.exception("the ticker could not %s", work.__name__)
