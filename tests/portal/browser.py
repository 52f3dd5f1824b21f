"""A person with a browser that runs no JavaScript."""

import re
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse


class Browser:
    """Keeps cookies, follows redirects, and fills in forms with the token that the page gave."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.page: TestResponse | None = None

    def open(self, url: str) -> TestResponse:
        """Follow a link."""
        self.page = self.client.get(urlsplit(url).path, follow_redirects=True)
        return self.page

    def press(self, path: str) -> TestResponse:
        """Press the button whose form goes to an address with this end."""
        assert self.page is not None
        action = re.search(rf'<form method="post" action="([^"]*{path})">', self.page.text)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.page.text)
        assert action, self.page.text
        assert token, self.page.text
        return self.post(action[1], csrf_token=token[1])

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
