"""Who may use which route of Deskie's dialect: a module for each resource."""

from tests.api.deskie.access import cases, channels, companies, filters, ideas, posts, team, users
from tests.api.deskie.access.table import Guarded

TABLES = (cases, channels, companies, filters, ideas, posts, team, users)
GUARDED: list[Guarded] = [route for table in TABLES for route in table.ROUTES]
# What an address alone opens, because nobody guesses it. Who gets what by it is seen in test_files.py.
SIGNED = {"GET /api/files/<token>"}
