"""The first key: the operator's own from CASEY_BOOTSTRAP_KEY, else one that is made and shown once."""

import os

from flask import Flask

from app.config.deployment import Deployment
from app.people.bootstrap import adopt_bootstrap_key, any_key
from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction

FILE = "owner.key"


def owner_key(app: Flask, where: Deployment) -> str | None:
    """Make sure there is an owner key. Returns it when it was made just now, and keeps it in a file for its owner."""
    with app.app_context(), transaction():
        if any_key() or (where.bootstrap_key and adopt_bootstrap_key(where.bootstrap_key)):
            return None
        _, secret = create_key("first owner", Role.OWNER, person=None, by=None)
        # Written before the commit: a key that nobody was told is worth nothing.
        descriptor = os.open(where.data_dir / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(f"{secret}\n")
            out.flush()
            os.fsync(out.fileno())
    return secret
