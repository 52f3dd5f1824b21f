"""A person with a browser that runs no JavaScript."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse


class Browser:
    """Keeps cookies, follows redirects, and fills in forms with the token that the page gave."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: TestResponse | None = None

    @property
    def where(self) -> str:
        """The address of the page."""
        assert self.page is not None
        return self.page.request.path

    def open(self, url: str) -> TestResponse:
        """Follow a link."""
        self.page = self.client.get(urlsplit(url).path, follow_redirects=True)
        return self.page

    def submit(self, **values: object) -> TestResponse:
        """Fill in the form on the page and press its button."""
        assert self.page is not None
        text = self.page.text
        action = re.search(r'<form method="post" action="([^"]+)"', text)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        assert action, text
        assert token, text
        hidden = dict(re.findall(r'<input id="\w+" name="(\w+)" type="hidden" value="([^"]*)"', text))
        return self.post(action[1], **{**hidden, **values})

    def press(self, to: str, **values: object) -> TestResponse:
        """Press the button of the form that leads to such an address, with what the page has filled in."""
        assert self.page is not None
        page = LexborHTMLParser(self.page.text)
        form = page.css_first(f'form[method="post"][action*="{to}"]')
        if form is not None:
            return self.post(str(form.attributes["action"]), **{**_together(_filled(form)), **values})
        button = page.css_first(f'button[form][formaction*="{to}"]')
        assert button is not None, self.page.text
        form = page.css_first(f"form#{button.attributes['form']}")
        assert form is not None, self.page.text
        return self.post(str(button.attributes["formaction"]), **{**_together(_filled(form)), **values})

    def submit_to(self, path: str, **values: object) -> TestResponse:
        """Fill in a form on the page that goes to its own address."""
        assert self.page is not None
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.text)
        assert token, self.page.text
        return self.post(path, csrf_token=token[1], **values)

    def post(self, path: str, **values: object) -> TestResponse:
        """Send a form, whatever is on the page."""
        self.page = self.client.post(path.replace("&amp;", "&"), data=values, follow_redirects=True)
        return self.page


def _together(filled: Iterator[tuple[str, object]]) -> dict[str, object]:
    """By name: what stands once alone, and all of what stands several times, as boxes do that can be ticked."""
    found: dict[str, object] = {}
    for name, value in filled:
        before = found.get(name)
        found[name] = value if before is None else [*(before if isinstance(before, list) else [before]), value]
    return found


def _filled(form: LexborNode) -> Iterator[tuple[str, object]]:
    """What a form holds as it came, as a browser would send it."""
    for one in form.css("input[name]"):
        ticked = one.attributes.get("type") not in {"checkbox", "radio"} or "checked" in one.attributes
        if ticked and one.attributes.get("type") != "file":
            yield str(one.attributes["name"]), one.attributes.get("value") or ""
    for one in form.css("textarea[name]"):
        yield str(one.attributes["name"]), one.text().removeprefix("\n").replace("\r\n", "\n")
    for one in form.css("select[name]"):
        chosen = [option.attributes.get("value") or "" for option in one.css("option[selected]")]
        first = [option.attributes.get("value") or "" for option in one.css("option")][:1]
        if found := chosen or ([] if "multiple" in one.attributes else first):
            yield str(one.attributes["name"]), found
