"""Somebody of the team, signed in."""

from flask import Flask

from app.people.persons import find_person
from app.people.sessions import begin_session
from app.transaction import transaction
from tests.portal.browser import Browser


def signed_in(app: Flask, address: str) -> Browser:
    """A browser with which the person who has this address has signed in."""
    browser = Browser(app)
    with app.app_context(), transaction():
        person = find_person(address)
        assert person is not None
        _, secret = begin_session(person, browser="a test", ip_address=None)
    browser.client.set_cookie("casey_team", secret, path="/team")
    return browser
