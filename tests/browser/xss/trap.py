"""A browser that tells whether anything ran that was only to be read."""

from dataclasses import dataclass, field

from playwright.sync_api import Dialog, Page

from tests.browser.looking import Notes, watched

# HIT is what those call whose number was lost on the way.
SET = """
window.ran = [];
window.hit = number => window.ran.push(number);
Object.defineProperty(window, "HIT", {get: () => window.ran.push("HIT")});
"""
# What would run only once somebody touches it.
ARMED = """() => {
  const program = /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i;
  const runs = ({name, value}) => name !== "value" && program.test(value);
  const armed = one => one.name.startsWith("on") || one.name === "srcdoc" || runs(one);
  return [...document.querySelectorAll("*")].flatMap(one =>
    [...one.attributes].filter(armed).map(({name, value}) => `${one.tagName} ${name}=${value}`));
}"""


@dataclass
class Trap:
    """A page, and what it did by itself."""

    page: Page
    notes: Notes
    dialogs: list[str] = field(default_factory=list)

    def spring(self) -> list[str]:
        """Everything that ran or asked elsewhere on the page that is shown, and what waits to be touched."""
        ran = [f"ran: {one}" for one in self.page.evaluate("window.ran")]
        armed = [f"armed: {one}" for one in self.page.evaluate(ARMED)]
        return [*ran, *armed, *self.dialogs, *self.notes.elsewhere, *self.notes.complaints]


def trap(page: Page, site: str) -> Trap:
    """Set it in this browser."""
    found = Trap(page, watched(page, site))

    def opened(dialog: Dialog) -> None:
        found.dialogs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.add_init_script(SET)
    page.on("dialog", opened)
    return found
