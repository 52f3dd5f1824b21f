"""What is noticed when a page is looked at: complaints of the browser and what it weighs."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.browser.wrong import SHOWN_BY

# What people attached, and mails in the sandbox, weigh what they weigh.
ATTACHED = ("/files/", "/html")
HEAVIEST = 60_000  # bytes of a page, without what people attached
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Notes:
    """What a browser said and loaded since it was watched."""

    site: str
    complaints: list[str] = field(default_factory=list)
    loaded: list[Request] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    shown_by: set[str] = field(default_factory=set)

    def weight(self) -> int:
        """The bytes of the page that is shown, with its own styles, scripts and pictures."""
        pages = [
            number
            for number, one in enumerate(self.loaded)
            if one.is_navigation_request() and not one.frame.parent_frame
        ]
        last = self.loaded[pages[-1] :] + [one for one in self.loaded[: pages[-1]] if one.resource_type != "document"]
        own = {one.url: one.sizes()["responseBodySize"] for one in last if not _attached(one)}
        return sum(own.values())


def _attached(one: Request) -> bool:
    return any(part in urlsplit(one.url).path for part in ATTACHED)


def watched(page: Page, site: str) -> Notes:
    """Note from now on what this browser says and loads."""
    notes = Notes(site)

    def heard(message: ConsoleMessage) -> None:
        # A page that is an answer to something wrong has the status of one.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            notes.complaints.append(message.text)

    def asked(one: Request) -> None:
        if not one.url.startswith((site, "data:")):
            notes.elsewhere.append(one.url)

    def answered(one: Response) -> None:
        notes.shown_by.add(one.headers.get(SHOWN_BY.lower(), ""))
        if one.status >= 500 and "/wrong/" not in one.url:
            notes.complaints.append(f"{one.status} {one.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: notes.complaints.append(str(error)))
    page.on("request", asked)
    page.on("response", answered)
    page.on("requestfinished", lambda one: notes.loaded.append(one))  # it takes no method that is written in C
    return notes


def complained(text: str) -> bool:
    """Whether a browser has something against a page; that one is not there, or drafts are forgotten, is not that."""
    return "404" not in text and not text.endswith('Cleared data types: "storage".')


def sticks_out(page: Page) -> int:
    """How many pixels of a page lie beside the screen."""
    return int(page.evaluate(WIDER))


def keep_picture(page: Page, name: str, where: Path) -> None:
    """Keep a picture of a page, in CASEY_SCREENSHOTS where that names a directory."""
    directory = Path(os.environ.get("CASEY_SCREENSHOTS") or where)
    directory.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=directory / f"{name}.png", full_page="docs" not in name)
