"""The pages of the team: signing in, the queue, a case, what each one prefers."""

from flask import Flask

from app.portal.team import (
    case,
    case_acts,
    case_facts,
    case_mails,
    case_people,
    live,
    operator,
    preferences,
    queue,
    session,
    sign_in,
)


def register(app: Flask) -> None:
    """Put every page of the team into the application."""
    session.register(app)
    for part in (sign_in, queue, live, case, case_acts, case_facts, case_mails, case_people, preferences):
        app.register_blueprint(part.bp)
    operator.register(app)
