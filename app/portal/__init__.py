"""The pages people see: those of customers, the contact form, those of the team, and the sandbox."""

from flask import Flask

from app.compression import compress_static
from app.people.zones import local
from app.portal import (
    acts,
    branding,
    case,
    confirm,
    contact,
    files,
    front,
    helpful,
    live,
    rate,
    renewal,
    sandbox,
    team,
)
from app.portal.bodies import bound_bodies
from app.portal.moments import since
from app.portal.said import said
from app.translating import bytes_in_words, day_and_time, teach


def register(app: Flask) -> None:
    """Put every page into the application."""
    teach(app.jinja_env)
    bound_bodies(app)
    app.after_request(compress_static)
    for one in (local, day_and_time, since, said, bytes_in_words):
        app.add_template_filter(one)
    for part in (front, branding, confirm, case, live, acts, helpful, rate, renewal, contact, files, sandbox):
        app.register_blueprint(part.bp)
    team.register(app)
