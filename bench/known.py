"""Whether the time of an answer tells who is known: where a new link is asked for, and where the team signs in."""

from collections.abc import Callable, Iterator
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

from app.cases.link_requests import LinkRequest
from app.cases.links import revoke_links
from app.cases.queries import case_by_uuid
from app.extensions import Base, db
from app.people.persons import known_person
from app.people.signing_in import SignIn
from app.transaction import transaction
from bench.pages import FEW, arrived, opened
from bench.place import casey
from bench.telling_apart import Timing, tell_apart
from tests.cast import BEN, EVE, UNA, assemble
from tests.portal.browser import Browser

PAIRS = 300


def figures(database_url: str | None) -> Iterator[Timing]:
    """The same question for an address that is known, and for one that nobody has."""
    with casey(database_url) as (app, _):
        assemble(app)
        una, anybody = _with_ended_link(app, opened(app, FEW)), Browser(app)
        anybody.open("/team/sign-in")
        yield _timed(app, "a new link, known or unknown", una, UNA, LinkRequest)
        yield _timed(app, "signing in, known or unknown", anybody, BEN, SignIn)


def _with_ended_link(app: Flask, case: UUID) -> Browser:
    """Somebody at the page where a new link is asked for."""
    browser = Browser(app)
    browser.client = arrived(app, case)
    with app.app_context(), transaction():
        revoke_links(case_by_uuid(case), known_person(UNA, field="una"))
    assert browser.open(f"/cases/{case}").status_code == 410
    return browser


def _timed(app: Flask, name: str, browser: Browser, known: str, asked: type[Base]) -> Timing:
    asking = browser.page

    def ask(address: str) -> Callable[[], object]:
        def ask() -> None:
            browser.page = asking
            assert browser.submit(address=address).status_code == 200

        return ask

    def forget() -> None:
        """Nobody may ask often."""
        with app.app_context(), transaction():
            db.session.execute(sa.delete(asked))

    return tell_apart(name, ask(known), ask(EVE), PAIRS, forget)
