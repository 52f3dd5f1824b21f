"""Runs the migrations on the application's own connection."""

from alembic import context
from flask import current_app

from app.extensions import db


def run() -> None:
    """Migrate. SQLite alters tables by copying them, hence batches."""
    extension = current_app.extensions["migrate"]
    with db.engine.connect().execution_options(writes=True, lasting=True) as connection:
        context.configure(connection=connection, target_metadata=db.metadata, **extension.configure_args)
        with context.begin_transaction():
            context.run_migrations()


run()
