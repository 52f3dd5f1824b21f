"""Who may use which route of Kayako's dialect: a module for each resource."""

from tests.api.kayako.access import people, sessions, statuses
from tests.api.kayako.access.table import Guarded

TABLES = (people, sessions, statuses)
ALL: list[Guarded] = [route for table in TABLES for route in table.ROUTES]
GUARDED = [route for route in ALL if route.role]
PUBLIC = [route for route in ALL if route.role is None]
