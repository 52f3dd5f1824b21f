"""Every route there is and who may use it: the access table, as a table."""

from dataclasses import dataclass
from typing import Any

from app.people.models import Role

API = "/api/casey/v1"
EVERYBODY = "everybody"
WITH_LINK = "whoever has the link"
WITH_SANDBOX = "whoever has the sandbox link"


@dataclass(frozen=True)
class Guarded:
    """A route of the API: the least role that may use it, and a call that works. ``{...}`` names a row of the test."""

    method: str
    rule: str
    role: Role
    path: str
    body: Any = None
    raw: bytes | None = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule}"


@dataclass(frozen=True)
class Public:
    """A route without a key: what opens it, and what a stranger gets."""

    method: str
    rule: str
    needs: str
    path: str
    stranger: int

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule}"


CREATOR = {"email": "new@customer.test"}
CASE = {"creator": CREATOR, "subject": "I found a bug", "message": "Over there!"}
MESSAGE = {"from": "ben@team.test", "message": "Hi"}
FILTER = {"name": "Mine", "query": {"status": "new"}}
MAILBOX = {"address": "support@casey.test", "server": "imap.casey.test", "username": "{new}", "password": "hush"}
MAIL = b"From: new@customer.test\r\nTo: support@casey.test\r\nSubject: Hi\r\n\r\nHello\r\n"


def _both(method: str, rest: str, role: Role, body: Any = None) -> list[Guarded]:
    return [
        Guarded(method, f"{API}/{word}/<uuid:uuid>{rest}", role, f"{API}/{word}/{{case}}{rest}", body)
        for word in ("case", "cases")
    ]


GUARDED = [
    Guarded("GET", f"{API}/cases", Role.COLLABORATOR, f"{API}/cases"),
    Guarded("POST", f"{API}/cases", Role.COLLABORATOR, f"{API}/cases", CASE),
    Guarded("POST", f"{API}/cases/confirm", Role.COLLABORATOR, f"{API}/cases/confirm", {"code": "{code}"}),
    *_both("GET", "", Role.COLLABORATOR),
    *_both("POST", "/messages", Role.COLLABORATOR, MESSAGE),
    *_both("POST", "/close", Role.COLLABORATOR),
    *_both("POST", "/reopen", Role.COLLABORATOR),
    *_both("GET", "/deliveries", Role.COLLABORATOR),
    *[
        Guarded(
            "DELETE",
            f"{API}/{word}/<uuid:uuid>/participants/<uuid:person>",
            Role.COLLABORATOR,
            f"{API}/{word}/{{case}}/participants/{{una}}",
        )
        for word in ("case", "cases")
    ],
    Guarded("GET", f"{API}/attachments/<uuid:uuid>", Role.COLLABORATOR, f"{API}/attachments/{{file}}"),
    Guarded("GET", f"{API}/deliveries/<uuid:uuid>", Role.COLLABORATOR, f"{API}/deliveries/{{sent}}"),
    *[
        Guarded("POST", f"{API}/deliveries/<uuid:uuid>/{verb}", Role.COLLABORATOR, f"{API}/deliveries/{row}/{verb}")
        for verb, row in (("retry", "{refused}"), ("delivered", "{sent}"))
    ],
    *_both("POST", "/participants", Role.COLLABORATOR, {"email": "{new}@customer.test"}),
    Guarded("GET", f"{API}/persons", Role.COLLABORATOR, f"{API}/persons"),
    Guarded("POST", f"{API}/persons", Role.ADMIN, f"{API}/persons", {"name": "New", "email": "{new}@customer.test"}),
    Guarded("GET", f"{API}/persons/<uuid:uuid>", Role.COLLABORATOR, f"{API}/persons/{{una}}"),
    Guarded("PATCH", f"{API}/persons/<uuid:uuid>", Role.ADMIN, f"{API}/persons/{{una}}", {"name": "Una {new}"}),
    Guarded("GET", f"{API}/filters", Role.COLLABORATOR, f"{API}/filters"),
    Guarded("POST", f"{API}/filters", Role.AGENT, f"{API}/filters", FILTER),
    Guarded("GET", f"{API}/filters/<key>", Role.COLLABORATOR, f"{API}/filters/open"),
    Guarded("PATCH", f"{API}/filters/<key>", Role.AGENT, f"{API}/filters/{{filter}}", {"name": "{new}"}),
    Guarded("DELETE", f"{API}/filters/<key>", Role.AGENT, f"{API}/filters/{{filter}}"),
    Guarded("GET", f"{API}/filters/<key>/cases", Role.COLLABORATOR, f"{API}/filters/open/cases"),
    Guarded("GET", f"{API}/search", Role.COLLABORATOR, f"{API}/search?q=bug"),
    Guarded("GET", f"{API}/api-keys", Role.ADMIN, f"{API}/api-keys"),
    Guarded("POST", f"{API}/api-keys", Role.ADMIN, f"{API}/api-keys", {"role": "agent", "name": "{new}"}),
    Guarded("DELETE", f"{API}/api-keys/<uuid:uuid>", Role.ADMIN, f"{API}/api-keys/{{spare}}"),
    Guarded("GET", f"{API}/config", Role.ADMIN, f"{API}/config"),
    Guarded("POST", f"{API}/config", Role.ADMIN, f"{API}/config", [{"mailSyncTimer": 120}]),
    Guarded("POST", f"{API}/config/commit", Role.ADMIN, f"{API}/config/commit"),
    Guarded("DELETE", f"{API}/config/<name>", Role.ADMIN, f"{API}/config/teamInviteCount"),
    Guarded("POST", f"{API}/inbound", Role.ADMIN, f"{API}/inbound", raw=MAIL),
    Guarded("GET", f"{API}/inbound", Role.AGENT, f"{API}/inbound"),
    Guarded("GET", f"{API}/inbound/<uuid:uuid>", Role.AGENT, f"{API}/inbound/{{mail}}"),
    Guarded("GET", f"{API}/inbound/<uuid:uuid>/raw", Role.AGENT, f"{API}/inbound/{{mail}}/raw"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/admit", Role.AGENT, f"{API}/inbound/{{held}}/admit"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/reject", Role.AGENT, f"{API}/inbound/{{held}}/reject"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/replay", Role.ADMIN, f"{API}/inbound/{{held}}/replay"),
    Guarded("GET", f"{API}/mailboxes", Role.ADMIN, f"{API}/mailboxes"),
    Guarded("POST", f"{API}/mailboxes", Role.ADMIN, f"{API}/mailboxes", MAILBOX),
    Guarded("GET", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}"),
    Guarded("PATCH", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}", {"paused": True}),
    Guarded("DELETE", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}"),
]

PUBLIC = [
    Public("GET", "/", EVERYBODY, "/", 200),
    Public("GET", "/static/<path:filename>", EVERYBODY, "/static/casey.css", 200),
    Public("GET", "/health/live", EVERYBODY, "/health/live", 200),
    Public("GET", "/health/ready", EVERYBODY, "/health/ready", 200),
    Public("GET", "/confirm/<code>", WITH_LINK, "/confirm/{guess}", 404),
    Public("GET", "/confirm", WITH_LINK, "/confirm", 404),
    Public("POST", "/confirm", WITH_LINK, "/confirm", 404),
    Public("GET", "/c/<secret>", WITH_LINK, "/c/{guess}", 404),
    Public("GET", "/cases/<uuid:uuid>", WITH_LINK, "/cases/{case}", 404),
    Public("POST", "/cases/<uuid:uuid>", WITH_LINK, "/cases/{case}", 404),
    Public("GET", "/cases/<uuid:uuid>/files/<uuid:file>", WITH_LINK, "/cases/{case}/files/{file}", 404),
    Public("GET", "/files/<token>", WITH_LINK, "/files/{guess}", 404),
    Public("GET", "/sandbox/open/<secret>", WITH_SANDBOX, "/sandbox/open/{guess}", 404),
    Public("GET", "/sandbox/", WITH_SANDBOX, "/sandbox/", 404),
    Public("GET", "/sandbox/mailboxes/<path:address>", WITH_SANDBOX, "/sandbox/mailboxes/una@customer.test", 404),
    Public("GET", "/sandbox/mails/<int:id>", WITH_SANDBOX, "/sandbox/mails/1", 404),
    Public("GET", "/sandbox/mails/<int:id>/html", WITH_SANDBOX, "/sandbox/mails/1/html", 404),
    Public("GET", "/sandbox/mails/<int:id>/files/<int:number>", WITH_SANDBOX, "/sandbox/mails/1/files/1", 404),
    Public("GET", "/sandbox/received", WITH_SANDBOX, "/sandbox/received", 404),
    Public("POST", "/sandbox/write", WITH_SANDBOX, "/sandbox/write", 404),
    Public("GET", "/sandbox/received/<int:id>", WITH_SANDBOX, "/sandbox/received/1", 404),
]
