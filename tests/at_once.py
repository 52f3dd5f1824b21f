"""Making sure that two come to the same row at the same moment, on PostgreSQL."""

from collections.abc import Callable
from threading import Event

from flask import Flask
from sqlalchemy import select, text

from app.extensions import Base, db

WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


def kept_waiting(app: Flask, table: type[Base], id: int) -> Callable[[], None]:
    """Holds a row until two others wait for it, as one does who changes it and is slow."""

    def hold() -> None:
        with app.app_context(), db.engine.connect() as mine, db.engine.connect() as watching:
            watching = watching.execution_options(isolation_level="AUTOCOMMIT")
            mine.execute(select(table.id).where(table.id == id).with_for_update())  # type: ignore[attr-defined]
            tries = 0
            while watching.scalar(WAITING) < 2 and tries < 1000:
                tries += Event().wait(0.01) or 1

    return hold
