"""What axe has against a page. It is a script itself, which runs on pages that were shown without scripts too."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()


def found_by_axe(page: Page) -> str:
    """Its report in words; nothing, where all is well."""
    found = AXE.run(page)
    return str(found.generate_report()) if found.violations_count else ""
