"""Who may use which route of Deskie's dialect: a module for each resource."""

from tests.api.deskie.access import cases, filters
from tests.api.deskie.access.table import Guarded

GUARDED: list[Guarded] = [*cases.ROUTES, *filters.ROUTES]
