"""What has happened in a house before anybody looks at its pages."""

from flask import Flask

from app.cases.links import Purpose
from app.transaction import transaction
from tests.browser.furnishing.cases import happened
from tests.browser.furnishing.fields import furnish_form
from tests.browser.furnishing.mails import came_and_failed
from tests.browser.furnishing.operation import operated
from tests.browser.house import Lived
from tests.cast import assemble
from tests.work import work_until_quiet

__all__ = ["furnish_form", "furnished"]


def furnished(app: Flask, site: str) -> Lived:
    """Let things happen in a new house, until everybody has his mails."""
    assemble(app)
    with app.app_context(), transaction():
        furnish_form()
        cases = {name: case.uuid for name, case in happened().items()}
    lived = Lived(app, site, cases)
    lived.places["ended"] = lived.ended("closed")
    lived.places["ended-rating"] = lived.ended("closed", Purpose.RATE, then="/high")
    work_until_quiet(app)
    came_and_failed(lived)
    operated(lived)
    return lived
