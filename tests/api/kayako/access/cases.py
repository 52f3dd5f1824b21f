"""Cases, their tags, the trash, and jobs."""

from app.people.models import Role
from tests.api.kayako.access.table import Guarded

NEW = {"subject": "I need help", "contents": "It is on fire!", "requester_id": "{una}"}
SUBJECT = {"subject": "Help"}
TAGS = {"tags": "late"}
ALL, AGENTS, ADMINS = Role.COLLABORATOR, Role.AGENT, Role.ADMIN
ONE, CONVERSATION = "/cases/<case>", "/conversations/<conversation>"

ROUTES = [
    Guarded("GET", "/cases", ALL, "/cases"),
    Guarded("POST", "/cases", ALL, "/cases", NEW),
    Guarded("PUT", "/cases", ALL, "/cases?ids={case}", {"priority_id": 3}),
    Guarded("GET", "/organizations/<organization>/cases", ALL, "/organizations/{organization}/cases"),
    Guarded("GET", "/users/<user>/cases", ALL, "/users/{una}/cases"),
    Guarded("GET", ONE, ALL, "/cases/{case}"),
    Guarded("PUT", ONE, ALL, "/cases/{case}", SUBJECT),
    Guarded("PATCH", ONE, ALL, "/cases/{case}", SUBJECT),
    Guarded("POST", f"{ONE}/merge", AGENTS, "/cases/{case}/merge", {"case_ids": "{other}"}),
    Guarded("GET", f"{ONE}/participants", ALL, "/cases/{case}/participants"),
    Guarded("GET", f"{ONE}/tags", ALL, "/cases/{case}/tags"),
    Guarded("POST", f"{ONE}/tags", ALL, "/cases/{case}/tags", TAGS),
    Guarded("PUT", f"{ONE}/tags", ALL, "/cases/{case}/tags", TAGS),
    Guarded("DELETE", f"{ONE}/tags", ALL, "/cases/{case}/tags?tags=early"),
    Guarded("PUT", f"{ONE}/trash", AGENTS, "/cases/{case}/trash"),
    Guarded("PUT", f"{ONE}/restore", ALL, "/cases/{case}/restore"),
    Guarded("PUT", "/cases/trash", AGENTS, "/cases/trash?ids={case}"),
    Guarded("DELETE", "/cases/trash", ADMINS, "/cases/trash"),
    # The conversation is one that the collaborator has asked for.
    Guarded("GET", "/conversations", ALL, "/conversations"),
    Guarded("POST", "/conversations", ALL, "/conversations", NEW),
    Guarded("GET", CONVERSATION, ALL, "/conversations/{conversation}"),
    Guarded("GET", f"{CONVERSATION}/messages", ALL, "/conversations/{conversation}/messages"),
    Guarded("POST", f"{CONVERSATION}/messages", ALL, "/conversations/{conversation}/messages", {"contents": "Hurry!"}),
    Guarded("POST", "/bulk/cases", AGENTS, "/bulk/cases", {"cases": [NEW]}),
    Guarded("GET", "/jobs", AGENTS, "/jobs"),
    Guarded("GET", "/jobs/<job>", AGENTS, "/jobs/{job}"),
]
