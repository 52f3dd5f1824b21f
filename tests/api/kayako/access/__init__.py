"""Who may use which route of Kayako's dialect: a module for each resource."""

from tests.api.kayako.access import cases, people, posts, sessions, settings, statuses
from tests.api.kayako.access.table import Guarded

TABLES = (cases, people, posts, sessions, settings, statuses)
ALL: list[Guarded] = [route for table in TABLES for route in table.ROUTES]
GUARDED = [route for route in ALL if route.role]
PUBLIC = [route for route in ALL if route.role is None]
# What an address alone opens, because nobody guesses it. Who gets what by it is seen in test_files.py.
ADDRESSES = ("<token>", "<token>/download", "<token>/thumbnail", "all/<token>")
SIGNED = {f"GET /api/v1/attachments/{one}" for one in ADDRESSES}
