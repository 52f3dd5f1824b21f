"""Custom channels."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

NEW = {"custom_channel": {"title": "Chat"}}
ALL, RULE, ONE = "/custom_channels.json", "/custom_channels/<channel>", "/custom_channels/{channel}"

ROUTES = [
    Guarded("GET", ALL, Role.COLLABORATOR, ALL),
    Guarded("POST", ALL, Role.ADMIN, ALL, NEW),
    Guarded("GET", f"{RULE}.json", Role.COLLABORATOR, f"{ONE}.json"),
    Guarded("PUT", f"{RULE}.json", Role.ADMIN, f"{ONE}.json", NEW),
    Guarded("PUT", f"{RULE}/enable.json", Role.ADMIN, f"{ONE}/enable.json"),
    Guarded("PUT", f"{RULE}/disable.json", Role.ADMIN, f"{ONE}/disable.json"),
]
