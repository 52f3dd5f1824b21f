"""What axe has against a page. It is a script itself: of a browser without JavaScript it looks at a copy."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from tests.browser.screens import Screen

AXE = Axe()


def found_by_axe(page: Page, screen: Screen) -> str:
    """Its report in words; nothing, where all is well."""
    if screen.scripts:
        return _report(page)
    with _copied(page, screen) as copy:
        return _report(copy)


def _report(page: Page) -> str:
    found = AXE.run(page)
    return str(found.generate_report()) if found.violations_count else ""


@contextmanager
def _copied(page: Page, screen: Screen) -> Iterator[Page]:
    """The same page where scripts may run, but none of its own."""
    browser, content = page.context.browser, page.content()
    assert browser is not None

    def answer(route: Route) -> None:
        if route.request.resource_type == "document" and route.request.is_navigation_request():
            route.fulfill(content_type="text/html; charset=utf-8", body=content)
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()

    with screen.context(browser, scripts=True, storage_state=page.context.storage_state()) as context:
        copy = context.new_page()
        copy.route("**/*", answer)
        copy.goto(page.url)
        yield copy
