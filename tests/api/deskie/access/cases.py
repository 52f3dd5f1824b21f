"""Cases."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

NEW = {"case": {"user_email": "new@customer.test", "subject": "I need help", "content": "It is on fire!"}}

ROUTES = [
    Guarded("POST", "/cases.json", Role.COLLABORATOR, "/cases.json", NEW),
    Guarded("GET", "/cases.json", Role.COLLABORATOR, "/cases.json"),
    Guarded("GET", "/cases/<cases>.json", Role.COLLABORATOR, "/cases/{case}.json"),
    Guarded("PUT", "/cases/<cases>.json", Role.COLLABORATOR, "/cases/{case}.json", {"case": {"subject": "Help"}}),
    Guarded("PUT", "/cases/<cases>/trash.json", Role.AGENT, "/cases/{case}/trash.json"),
    Guarded("PUT", "/cases/<cases>/spam.json", Role.AGENT, "/cases/{case}/spam.json"),
    Guarded("PUT", "/cases/<cases>/restore.json", Role.AGENT, "/cases/{case}/restore.json"),
    Guarded("DELETE", "/cases/<cases>.json", Role.ADMIN, "/cases/{case}.json"),
]
