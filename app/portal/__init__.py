"""The pages people see: confirming, a case, and the sandbox."""

from flask import Flask

from app.people.zones import local
from app.portal import case, confirm, files, front, sandbox


def register(app: Flask) -> None:
    """Put every page into the application."""
    app.add_template_filter(local)
    for part in (front, confirm, case, files, sandbox):
        app.register_blueprint(part.bp)
