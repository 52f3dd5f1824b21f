"""Filters of cases."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

ROUTES = [Guarded("GET", "/filters.json", Role.COLLABORATOR, "/filters.json")]
