"""Every page there is and each of its states, by name, and how its reader gets there.

Whoever makes a page puts it here; ``test_every_page.py`` finds one that was forgotten.
"""

from collections.abc import Mapping
from itertools import cycle, product

from tests.browser.pages.asking import ASKING, CONFIRMING
from tests.browser.pages.customer import CUSTOMER
from tests.browser.pages.errors import ERRORS
from tests.browser.pages.operator import OPERATOR
from tests.browser.pages.sandbox import SANDBOX
from tests.browser.pages.team import TEAM
from tests.browser.pages.team_case import TEAM_CASE
from tests.browser.pages.ways import View
from tests.browser.screens import ALL, CUT, Screen
from tests.scale import FULL

__all__ = ["CONFIRMING", "LOOKS", "PAGES", "View"]

PAGES: Mapping[str, View] = {**CUSTOMER, **ASKING, **TEAM, **TEAM_CASE, **OPERATOR, **SANDBOX, **ERRORS}

# axe takes its time for what is that long, and the pages are made alike.
SLOW = {"docs", "docs-kayako"}
# The full proof looks at every page on every screen, the cut at each on one of two, by turns.
LOOKS: list[tuple[str, Screen]] = (
    list(product(PAGES, ALL)) if FULL else list(zip([name for name in PAGES if name not in SLOW], cycle(CUT)))
)
