"""What the tests of the operator's pages share."""

from tests.portal.browser import Browser


def at(browser: Browser, address: str, status: int = 200) -> str:
    """What stands there."""
    browser.page = browser.client.get(address)
    assert browser.page.status_code == status, browser.page.text
    assert len(browser.page.data) < 60_000
    return browser.page.text
