"""Nobody forgets a page: each route that shows one is looked at, in one state at least."""

from flask import Flask

from tests.browser.pages import PAGES

NO_PAGES = {
    "acts.download": "an archive",
    "branding.stylesheet": "colours",
    "case.arrive": "goes on to the case",
    "confirm.arrive": "goes on to the question",
    "contact.widget": "a script, looked at in test_widget.py",
    "documents.openapi": "for programs",
    "documents.openapi_of": "for programs",
    "files.by_link": "a file",
    "files.of_case": "a file",
    "health.live": "for programs",
    "health.ready": "for programs",
    "live.of_case": "a stream",
    "rate.arrive": "goes on to the rating",
    "sandbox.arrive": "goes on to the mailboxes",
    "sandbox.file": "a file",
    "static": "files",
    "team_case.file": "a file",
    "team_case.file_in_field": "a file",
    "team_live.of_case": "a stream",
    "team_live.of_queue": "a stream",
}


def routes(app: Flask) -> set[str]:
    """Those that a person can ask for by opening an address; programs have their own."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")
    }


def looked_at() -> set[str]:
    """The routes that show something on the way to some page."""
    return {route for view in PAGES.values() for route in view.shown_by}


def test_every_route_that_shows_a_page_is_looked_at(app: Flask) -> None:
    assert routes(app) - looked_at() - set(NO_PAGES) == set()


def test_a_route_that_is_said_to_show_no_page_is_there_and_shows_none(app: Flask) -> None:
    assert set(NO_PAGES) <= routes(app)
    assert not set(NO_PAGES) & looked_at()


def test_a_page_that_was_forgotten_is_found(app: Flask) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "<!doctype html>")
    assert routes(app) - looked_at() - set(NO_PAGES) == {"forgotten"}
