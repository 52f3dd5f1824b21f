"""Sessions and tokens."""

from app.people.models import Role
from tests.api.kayako.access.table import Guarded

TOKEN = {"grant_type": "password", "username": "{email}", "password": "{key}"}

ROUTES = [
    Guarded("GET", "/session", Role.COLLABORATOR, "/session"),
    Guarded("DELETE", "/session", Role.COLLABORATOR, "/session"),
    Guarded("POST", "/oauth/token", None, "/oauth/token", TOKEN),
]
