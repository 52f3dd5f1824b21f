"""Who may use which route of Deskie's dialect: a module for each resource."""

from tests.api.deskie.access import cases, channels, filters, ideas, posts, team
from tests.api.deskie.access.table import Guarded

GUARDED: list[Guarded] = [*cases.ROUTES, *channels.ROUTES, *filters.ROUTES, *ideas.ROUTES, *posts.ROUTES, *team.ROUTES]
# What an address alone opens, because nobody guesses it. Who gets what by it is seen in test_files.py.
SIGNED = {"GET /api/files/<token>"}
