"""A person who has a keyboard and no mouse."""

from playwright.sync_api import Locator, Page

MOST_STEPS = 120
HERE = "one => one === document.activeElement"
SEEN = "one => one.matches(':focus-visible') && getComputedStyle(one).outlineStyle"
# Where an address points to on its page, and that it can be seen there.
LANDED = """() => {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  return !location.hash || Boolean(place && place.getBoundingClientRect().top < innerHeight);
}"""


def go_to(page: Page, wanted: Locator) -> None:
    """Press Tab until this has the focus, and can be seen to have it."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if wanted.evaluate(HERE):
            assert wanted.evaluate(SEEN) == "solid"
            return
    raise AssertionError(f"{wanted} cannot be reached by the keyboard.")


def fill(page: Page, field: Locator, text: str) -> None:
    """Go to a field and type; of what can be chosen, by its first letters."""
    go_to(page, field)
    if not field.evaluate("one => one.matches('select')"):
        page.keyboard.press("Control+A")
    page.keyboard.type(text)


def press(page: Page, button: Locator) -> None:
    """Go to a button and press it."""
    go_to(page, button)
    page.keyboard.press("Enter")


def land(page: Page) -> None:
    """Wait until the place that the address names is there to be seen: browsers scroll once they know where it is."""
    page.wait_for_function(LANDED)
