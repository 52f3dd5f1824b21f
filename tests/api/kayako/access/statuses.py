"""Statuses and priorities, which anybody may read."""

from tests.api.kayako.access.table import Guarded

ROUTES = [
    Guarded("GET", "/cases/statuses", None, "/cases/statuses"),
    Guarded("GET", "/cases/statuses/<status>", None, "/cases/statuses/1"),
    Guarded("GET", "/cases/priorities", None, "/cases/priorities"),
    Guarded("GET", "/cases/priorities/<priority>", None, "/cases/priorities/1"),
]
