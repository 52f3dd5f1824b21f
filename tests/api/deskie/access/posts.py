"""Messages, notes, ratings and the changelog."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

MESSAGE, NOTE = {"message": {"content": "It is out."}}, {"note": {"content": "She has called twice."}}
RATE = {"rate": {"rating": "high"}}
# What is changed and deleted here is somebody else's.
ROUTES = [
    Guarded("GET", "/cases/<cases>/messages.json", Role.COLLABORATOR, "/cases/{case}/messages.json"),
    Guarded("POST", "/cases/<cases>/messages.json", Role.COLLABORATOR, "/cases/{case}/messages.json", MESSAGE),
    Guarded(
        "PUT",
        "/cases/<cases>/messages/<message>.json",
        Role.AGENT,
        "/cases/{case}/messages/{message}.json",
        MESSAGE,
    ),
    Guarded("DELETE", "/cases/<cases>/messages/<message>.json", Role.AGENT, "/cases/{case}/messages/{message}.json"),
    Guarded("POST", "/cases/<cases>/note.json", Role.COLLABORATOR, "/cases/{case}/note.json", NOTE),
    Guarded("POST", "/cases/<cases>/notes.json", Role.COLLABORATOR, "/cases/{case}/notes.json", NOTE),
    Guarded("PUT", "/cases/<cases>/note/<message>.json", Role.AGENT, "/cases/{case}/note/{note}.json", NOTE),
    Guarded("DELETE", "/cases/<cases>/note/<message>.json", Role.AGENT, "/cases/{case}/note/{note}.json"),
    Guarded("PUT", "/cases/<cases>/rate.json", Role.COLLABORATOR, "/cases/{case}/rate.json", RATE),
    Guarded("PUT", "/cases/<cases>/rate/<message>.json", Role.COLLABORATOR, "/cases/{case}/rate/{message}.json", RATE),
    Guarded("GET", "/cases/<cases>/changelog.json", Role.COLLABORATOR, "/cases/{case}/changelog.json"),
]
