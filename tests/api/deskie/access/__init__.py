"""Who may use which route of Deskie's dialect: a module for each resource."""

from tests.api.deskie.access import cases, companies, users
from tests.api.deskie.access.table import Guarded

GUARDED: list[Guarded] = [*cases.ROUTES, *users.ROUTES, *companies.ROUTES]
