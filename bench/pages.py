"""The page of a long case beside that of a short one, as its customer and as the team see it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from app.cases.links import Purpose, link_for, secret_of
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.queries import case_by_uuid
from app.people.persons import known_person
from app.transaction import transaction
from bench.measuring import Figure, compare
from bench.place import casey
from tests.cast import BEN, UNA, assemble
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in

FEW, MANY = 5, 200
CALLS = 20
TEXT = "It burns, and the smoke comes out of the side.\n" * 8


def figures(database_url: str | None) -> Iterator[Figure]:
    """A page of a case with two hundred messages should come at a third of the rate of one with five, or faster."""
    with casey(database_url) as (app, _):
        assemble(app)
        short, long = opened(app, FEW), opened(app, MANY)
        una, ben = arrived(app, short, long), signed_in(app, BEN).client
        for name, client, path in (("customer", una, "/cases/"), ("team", ben, "/team/cases/")):
            pages = [_getting(client, f"{path}{case}") for case in (long, short)]
            yield compare(f"page of {MANY} messages, {name}", pages[0], f"that of {FEW}", pages[1])


def opened(app: Flask, messages: int) -> UUID:
    """A case of una's with so many messages."""
    with app.app_context(), transaction():
        una, ben = (known_person(one, field="one") for one in (UNA, BEN))
        case = open_case(una, "It burns", TEXT, channel="api", confirmed=True)
        for number in range(1, messages):
            post_message(case, TEXT, by=(una, ben)[number % 2], channel="api")
        return case.uuid


def arrived(app: Flask, *cases: UUID) -> FlaskClient:
    """una's browser, in which she has followed her links."""
    browser = Browser(app)
    with app.app_context(), transaction():
        una = known_person(UNA, field="una")
        links = [secret_of(link_for(case_by_uuid(one), una, Purpose.CASE)) for one in cases]
    for secret in links:
        browser.open(f"/c/{secret}")
    return browser.client


def _getting(client: FlaskClient, path: str) -> Callable[[], int]:
    def get() -> int:
        for _ in range(CALLS):
            assert client.get(path).status_code == 200
        return CALLS

    return get
