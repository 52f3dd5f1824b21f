"""Every route there is and who may use it: the access table, as a table."""

import re
from dataclasses import dataclass
from typing import Any

from app.people.models import Role
from tests.api.team_pages import PAGES, SIGNED_IN, an_address

API = "/api/casey/v1"
EVERYBODY = "everybody"
WITH_LINK = "whoever has the link"
WITH_SANDBOX = "whoever has the sandbox link"
WHERE_IT_IS_ON = "the setting contactForm"


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
RATING = {"from": "una@customer.test", "score": "high"}
FILTER = {"name": "Mine", "query": {"status": "new"}}
CANNED = {"title": "{new}", "text": "Hello"}
POLICY = {"title": "{new}", "targets": [{"metric": "first_reply", "goal": 3600}]}
MAILBOX = {"address": "support@casey.test", "server": "imap.casey.test", "username": "{new}", "password": "hush"}
WEBHOOK = {"url": "https://receiver.test/casey", "description": "{new}"}
FIELD = {"level": "case", "key": "{new}", "title": "New", "type": "text"}
MAIL = b"From: new@customer.test\r\nTo: support@casey.test\r\nSubject: Hi\r\n\r\nHello\r\n"
OLD_CASE = (
    b'{"external_id": "desk-1", "creator": {"email": "new@customer.test"}, "subject": "An old story", '
    b'"created_at": "2020-02-03T10:00:00Z", "messages": [{"from": "new@customer.test", "message": "It burned.", '
    b'"created_at": "2020-02-03T10:00:00Z"}]}'
)


def _both(method: str, rest: str, role: Role, body: Any = None) -> list[Guarded]:
    """Below ``/case`` and below ``/cases``; ``<uuid:name>`` in the rest is the row of that name."""
    place = re.sub(r"<uuid:(\w+)>", r"{\1}", rest)
    return [
        Guarded(method, f"{API}/{word}/<uuid:uuid>{rest}", role, f"{API}/{word}/{{case}}{place}", body)
        for word in ("case", "cases")
    ]


def _posts(word: str) -> list[Guarded]:
    """What can be done with messages, and with notes. Their author may change them, whom no key of the test has."""
    one = f"/{word}s/<uuid:{word}>"
    return [
        *_both("GET", f"/{word}s", Role.COLLABORATOR),
        *_both("POST", f"/{word}s", Role.COLLABORATOR, {"from": "ben@team.test", word: "Hi"}),
        *_both("GET", one, Role.COLLABORATOR),
        *_both("GET", f"{one}/attachments", Role.COLLABORATOR),
        *_both("PATCH", one, Role.AGENT, {word: "Better so"}),
        *_both("POST", f"{one}/pin", Role.AGENT),
        *_both("POST", f"{one}/unpin", Role.AGENT),
        *_both("DELETE", one, Role.AGENT),
    ]


GUARDED = [
    Guarded("GET", f"{API}/cases", Role.COLLABORATOR, f"{API}/cases"),
    Guarded("POST", f"{API}/cases", Role.COLLABORATOR, f"{API}/cases", CASE),
    Guarded("POST", f"{API}/cases/confirm", Role.COLLABORATOR, f"{API}/cases/confirm", {"code": "{code}"}),
    *_both("GET", "", Role.COLLABORATOR),
    *_both("GET", "/changelog", Role.COLLABORATOR),
    *_both("PATCH", "", Role.COLLABORATOR, {"subject": "{new}"}),
    *_both("POST", "/assign", Role.COLLABORATOR, {"person": "{ben}", "team": None}),
    *_both("PUT", "/tags", Role.COLLABORATOR, {"tags": ["{new}"]}),
    *_both("POST", "/tags", Role.COLLABORATOR, {"tags": ["{new}"]}),
    *[
        Guarded(
            "DELETE",
            f"{API}/{word}/<uuid:uuid>/tags/<path:tag>",
            Role.COLLABORATOR,
            f"{API}/{word}/{{case}}/tags/late",
        )
        for word in ("case", "cases")
    ],
    *_both("POST", "/spam", Role.AGENT),
    *_both("POST", "/unspam", Role.AGENT),
    *_both("POST", "/trash", Role.AGENT),
    *_both("POST", "/restore", Role.AGENT),
    *[
        Guarded("POST", f"{API}/{word}/<uuid:uuid>/purge", Role.ADMIN, f"{API}/{word}/{{trashed}}/purge")
        for word in ("case", "cases")
    ],
    Guarded("POST", f"{API}/trash/empty", Role.ADMIN, f"{API}/trash/empty"),
    *(
        Guarded(
            "GET",
            f"{API}/{word}/<uuid:uuid>/read",
            Role.COLLABORATOR,
            f"{API}/{word}/{{case}}/read?from=ben@team.test",
        )
        for word in ("case", "cases")
    ),
    *_both("POST", "/read", Role.COLLABORATOR, {"from": "ben@team.test"}),
    *_both("POST", "/snooze", Role.COLLABORATOR, {"until": "{tomorrow}"}),
    *_both("POST", "/unsnooze", Role.COLLABORATOR),
    *[
        Guarded(
            "POST",
            f"{API}/{word}/<uuid:uuid>/participants/<uuid:person>/{verb}",
            Role.COLLABORATOR,
            f"{API}/{word}/{{case}}/participants/{{una}}/{verb}",
        )
        for word in ("case", "cases")
        for verb in ("mute", "unmute")
    ],
    Guarded("GET", f"{API}/labels", Role.COLLABORATOR, f"{API}/labels"),
    Guarded("POST", f"{API}/labels", Role.ADMIN, f"{API}/labels", {"name": "{new}"}),
    Guarded("GET", f"{API}/labels/<path:name>", Role.COLLABORATOR, f"{API}/labels/late"),
    Guarded("PATCH", f"{API}/labels/<path:name>", Role.ADMIN, f"{API}/labels/late", {"name": "Late"}),
    Guarded("DELETE", f"{API}/labels/<path:name>", Role.ADMIN, f"{API}/labels/late"),
    Guarded("GET", f"{API}/fields", Role.COLLABORATOR, f"{API}/fields"),
    Guarded("POST", f"{API}/fields", Role.ADMIN, f"{API}/fields", FIELD),
    Guarded("GET", f"{API}/fields/<level>/<key>", Role.COLLABORATOR, f"{API}/fields/case/order"),
    Guarded("PATCH", f"{API}/fields/<level>/<key>", Role.ADMIN, f"{API}/fields/case/order", {"title": "{new}"}),
    Guarded("DELETE", f"{API}/fields/<level>/<key>", Role.ADMIN, f"{API}/fields/case/order"),
    Guarded("GET", f"{API}/forms", Role.COLLABORATOR, f"{API}/forms"),
    Guarded("POST", f"{API}/forms", Role.ADMIN, f"{API}/forms", {"title": "{new}"}),
    Guarded("GET", f"{API}/forms/<path:title>", Role.COLLABORATOR, f"{API}/forms/Returns"),
    Guarded("PATCH", f"{API}/forms/<path:title>", Role.ADMIN, f"{API}/forms/Returns", {"sort_order": 2}),
    Guarded("DELETE", f"{API}/forms/<path:title>", Role.ADMIN, f"{API}/forms/Returns"),
    Guarded("GET", f"{API}/statuses", Role.COLLABORATOR, f"{API}/statuses"),
    Guarded("POST", f"{API}/statuses", Role.ADMIN, f"{API}/statuses", {"label": "{new}", "base": "open"}),
    Guarded("GET", f"{API}/statuses/<path:label>", Role.COLLABORATOR, f"{API}/statuses/Paused"),
    Guarded("PATCH", f"{API}/statuses/<path:label>", Role.ADMIN, f"{API}/statuses/Paused", {"sort_order": 2}),
    Guarded("DELETE", f"{API}/statuses/<path:label>", Role.ADMIN, f"{API}/statuses/Paused"),
    *_posts("message"),
    *[
        Guarded(
            "POST",
            f"{API}/{word}/<uuid:uuid>/messages/<uuid:message>/cancel",
            Role.AGENT,
            f"{API}/{word}/{{case}}/messages/{{waiting}}/cancel",
        )
        for word in ("case", "cases")
    ],
    *_posts("note"),
    *_both("POST", "/links", Role.COLLABORATOR, {"case": "{other}", "kind": "related"}),
    *_both("DELETE", "/links/<uuid:other>", Role.COLLABORATOR),
    *_both("POST", "/merge", Role.AGENT, {"into": "{other}"}),
    *[
        Guarded("POST", f"{API}/{word}/<uuid:uuid>/unmerge", Role.AGENT, f"{API}/{word}/{{merged}}/unmerge")
        for word in ("case", "cases")
    ],
    *_both("POST", "/split", Role.AGENT, {"messages": ["{message}"], "subject": "Another matter"}),
    *_both("POST", "/ratings", Role.COLLABORATOR, RATING),
    *_both("POST", "/messages/<uuid:message>/ratings", Role.COLLABORATOR, RATING),
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
    Guarded("POST", f"{API}/bulk/cases", Role.AGENT, f"{API}/bulk/cases", {"act": "close", "cases": ["{case}"]}),
    Guarded("POST", f"{API}/imports/cases", Role.ADMIN, f"{API}/imports/cases", raw=OLD_CASE),
    *_both("POST", "/export", Role.ADMIN),
    Guarded("POST", f"{API}/exports/cases", Role.ADMIN, f"{API}/exports/cases", {"format": "csv"}),
    Guarded("POST", f"{API}/redactions", Role.ADMIN, f"{API}/redactions", {"text": "canary"}),
    Guarded("POST", f"{API}/persons/<uuid:uuid>/export", Role.ADMIN, f"{API}/persons/{{una}}/export"),
    Guarded("POST", f"{API}/persons/<uuid:uuid>/erase", Role.ADMIN, f"{API}/persons/{{double}}/erase", {}),
    Guarded(
        "POST",
        f"{API}/persons/<uuid:uuid>/replace",
        Role.ADMIN,
        f"{API}/persons/{{una}}/replace",
        {"replacement": "{ben}"},
    ),
    Guarded(
        "POST",
        f"{API}/teams/<uuid:uuid>/replace",
        Role.ADMIN,
        f"{API}/teams/{{team}}/replace",
        {"replacement": "{other_team}"},
    ),
    Guarded("GET", f"{API}/jobs", Role.AGENT, f"{API}/jobs"),
    Guarded("GET", f"{API}/jobs/<uuid:uuid>", Role.AGENT, f"{API}/jobs/{{job}}"),
    Guarded("GET", f"{API}/jobs/<uuid:uuid>/file", Role.AGENT, f"{API}/jobs/{{job}}/file"),
    Guarded("GET", f"{API}/jobs/<uuid:uuid>/rows", Role.AGENT, f"{API}/jobs/{{job}}/rows"),
    Guarded("POST", f"{API}/jobs/<uuid:uuid>/cancel", Role.AGENT, f"{API}/jobs/{{job}}/cancel"),
    Guarded("GET", f"{API}/persons", Role.COLLABORATOR, f"{API}/persons"),
    Guarded("POST", f"{API}/persons", Role.ADMIN, f"{API}/persons", {"name": "New", "email": "{new}@customer.test"}),
    Guarded("GET", f"{API}/persons/<uuid:uuid>", Role.COLLABORATOR, f"{API}/persons/{{una}}"),
    Guarded("PATCH", f"{API}/persons/<uuid:uuid>", Role.ADMIN, f"{API}/persons/{{una}}", {"name": "Una {new}"}),
    *[
        Guarded("POST", f"{API}/persons/<uuid:uuid>/{verb}", Role.ADMIN, f"{API}/persons/{{una}}/{verb}")
        for verb in ("block", "unblock")
    ],
    *[
        Guarded(
            "POST",
            f"{API}/persons/<uuid:uuid>/{verb}",
            Role.ADMIN,
            f"{API}/persons/{{double}}/{verb}",
            {"person": "{una}"},
        )
        for verb in ("link", "unlink")
    ],
    Guarded(
        "POST", f"{API}/persons/<uuid:uuid>/merge", Role.ADMIN, f"{API}/persons/{{double}}/merge", {"into": "{una}"}
    ),
    Guarded(
        "POST",
        f"{API}/persons/<uuid:uuid>/identities",
        Role.ADMIN,
        f"{API}/persons/{{una}}/identities",
        {"value": "una@{new}.test"},
    ),
    *[
        Guarded(
            method,
            f"{API}/persons/<uuid:uuid>/identities/<uuid:identity>{rest}",
            Role.ADMIN,
            f"{API}/persons/{{una}}/identities/{{address}}{rest}",
        )
        for method, rest in (("POST", "/primary"), ("POST", "/restore"), ("DELETE", ""))
    ],
    Guarded("GET", f"{API}/canned-answers", Role.COLLABORATOR, f"{API}/canned-answers"),
    Guarded("POST", f"{API}/canned-answers", Role.AGENT, f"{API}/canned-answers", CANNED),
    Guarded("GET", f"{API}/canned-answers/<uuid:uuid>", Role.COLLABORATOR, f"{API}/canned-answers/{{canned}}"),
    Guarded("PATCH", f"{API}/canned-answers/<uuid:uuid>", Role.AGENT, f"{API}/canned-answers/{{canned}}", CANNED),
    Guarded("DELETE", f"{API}/canned-answers/<uuid:uuid>", Role.AGENT, f"{API}/canned-answers/{{canned}}"),
    Guarded("GET", f"{API}/filters", Role.COLLABORATOR, f"{API}/filters"),
    Guarded("POST", f"{API}/filters", Role.AGENT, f"{API}/filters", FILTER),
    Guarded("GET", f"{API}/filters/<key>", Role.COLLABORATOR, f"{API}/filters/open"),
    Guarded("PATCH", f"{API}/filters/<key>", Role.AGENT, f"{API}/filters/{{filter}}", {"name": "{new}"}),
    Guarded("DELETE", f"{API}/filters/<key>", Role.AGENT, f"{API}/filters/{{filter}}"),
    Guarded("GET", f"{API}/filters/<key>/cases", Role.COLLABORATOR, f"{API}/filters/open/cases"),
    Guarded("GET", f"{API}/business-hours", Role.COLLABORATOR, f"{API}/business-hours"),
    Guarded("POST", f"{API}/business-hours", Role.ADMIN, f"{API}/business-hours", {"title": "{new}", "week": {}}),
    Guarded("GET", f"{API}/business-hours/<uuid:uuid>", Role.COLLABORATOR, f"{API}/business-hours/{{hours}}"),
    Guarded(
        "PATCH", f"{API}/business-hours/<uuid:uuid>", Role.ADMIN, f"{API}/business-hours/{{hours}}", {"title": "{new}"}
    ),
    Guarded("DELETE", f"{API}/business-hours/<uuid:uuid>", Role.ADMIN, f"{API}/business-hours/{{hours}}"),
    Guarded("GET", f"{API}/sla-policies", Role.COLLABORATOR, f"{API}/sla-policies"),
    Guarded("POST", f"{API}/sla-policies", Role.ADMIN, f"{API}/sla-policies", POLICY),
    Guarded("GET", f"{API}/sla-policies/<uuid:uuid>", Role.COLLABORATOR, f"{API}/sla-policies/{{policy}}"),
    Guarded("PATCH", f"{API}/sla-policies/<uuid:uuid>", Role.ADMIN, f"{API}/sla-policies/{{policy}}", POLICY),
    Guarded("DELETE", f"{API}/sla-policies/<uuid:uuid>", Role.ADMIN, f"{API}/sla-policies/{{policy}}"),
    *_both("GET", "/sla", Role.COLLABORATOR),
    Guarded("GET", f"{API}/search", Role.COLLABORATOR, f"{API}/search?q=bug"),
    Guarded("GET", f"{API}/api-keys", Role.ADMIN, f"{API}/api-keys"),
    Guarded("POST", f"{API}/api-keys", Role.ADMIN, f"{API}/api-keys", {"role": "agent", "name": "{new}"}),
    Guarded("DELETE", f"{API}/api-keys/<uuid:uuid>", Role.ADMIN, f"{API}/api-keys/{{spare}}"),
    Guarded("GET", f"{API}/api-keys/self", Role.COLLABORATOR, f"{API}/api-keys/self"),
    Guarded("GET", f"{API}/api-keys/<uuid:uuid>", Role.ADMIN, f"{API}/api-keys/{{spare}}"),
    Guarded("PATCH", f"{API}/api-keys/<uuid:uuid>", Role.ADMIN, f"{API}/api-keys/{{spare}}", {"name": "{new}"}),
    Guarded("GET", f"{API}/audit", Role.ADMIN, f"{API}/audit"),
    Guarded("GET", f"{API}/teams", Role.COLLABORATOR, f"{API}/teams"),
    Guarded("POST", f"{API}/teams", Role.ADMIN, f"{API}/teams", {"name": "{new}"}),
    Guarded("GET", f"{API}/teams/<uuid:uuid>", Role.COLLABORATOR, f"{API}/teams/{{team}}"),
    Guarded("PATCH", f"{API}/teams/<uuid:uuid>", Role.ADMIN, f"{API}/teams/{{team}}", {"signature": "{new}"}),
    Guarded(
        "POST", f"{API}/teams/<uuid:uuid>/members", Role.ADMIN, f"{API}/teams/{{team}}/members", {"person": "{ben}"}
    ),
    Guarded(
        "DELETE",
        f"{API}/teams/<uuid:uuid>/members/<uuid:person>",
        Role.ADMIN,
        f"{API}/teams/{{team}}/members/{{ben}}",
    ),
    Guarded("GET", f"{API}/organizations", Role.COLLABORATOR, f"{API}/organizations"),
    Guarded("POST", f"{API}/organizations", Role.ADMIN, f"{API}/organizations", {"name": "{new}"}),
    *[
        Guarded(method, f"{API}/organizations/<uuid:uuid>{rest}", role, f"{API}/organizations/{{shop}}{rest}", body)
        for method, rest, role, body in (
            ("GET", "", Role.COLLABORATOR, None),
            ("GET", "/members", Role.COLLABORATOR, None),
            ("PATCH", "", Role.ADMIN, {"note": "{new}"}),
            ("POST", "/block", Role.ADMIN, None),
            ("POST", "/unblock", Role.ADMIN, None),
            ("DELETE", "", Role.ADMIN, None),
        )
    ],
    Guarded("GET", f"{API}/config", Role.ADMIN, f"{API}/config"),
    Guarded("POST", f"{API}/config", Role.ADMIN, f"{API}/config", [{"mailSyncTimer": 120}]),
    Guarded("POST", f"{API}/config/commit", Role.ADMIN, f"{API}/config/commit"),
    Guarded("DELETE", f"{API}/config/<name>", Role.ADMIN, f"{API}/config/teamInviteCount"),
    Guarded("GET", f"{API}/events", Role.AGENT, f"{API}/events"),
    Guarded("GET", f"{API}/events/stream", Role.AGENT, f"{API}/events/stream?wait=0"),
    Guarded("POST", f"{API}/inbound", Role.ADMIN, f"{API}/inbound", raw=MAIL),
    Guarded("GET", f"{API}/inbound", Role.AGENT, f"{API}/inbound"),
    Guarded("GET", f"{API}/inbound/<uuid:uuid>", Role.AGENT, f"{API}/inbound/{{mail}}"),
    Guarded("GET", f"{API}/inbound/<uuid:uuid>/raw", Role.ADMIN, f"{API}/inbound/{{mail}}/raw"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/admit", Role.AGENT, f"{API}/inbound/{{held}}/admit"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/reject", Role.AGENT, f"{API}/inbound/{{held}}/reject"),
    Guarded("POST", f"{API}/inbound/<uuid:uuid>/replay", Role.ADMIN, f"{API}/inbound/{{held}}/replay"),
    Guarded("GET", f"{API}/mailboxes", Role.ADMIN, f"{API}/mailboxes"),
    Guarded("POST", f"{API}/mailboxes", Role.ADMIN, f"{API}/mailboxes", MAILBOX),
    Guarded("GET", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}"),
    Guarded("PATCH", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}", {"paused": True}),
    Guarded("DELETE", f"{API}/mailboxes/<uuid:uuid>", Role.ADMIN, f"{API}/mailboxes/{{mailbox}}"),
    Guarded("GET", f"{API}/webhooks", Role.ADMIN, f"{API}/webhooks"),
    Guarded("POST", f"{API}/webhooks", Role.ADMIN, f"{API}/webhooks", WEBHOOK),
    Guarded("GET", f"{API}/webhooks/<uuid:uuid>", Role.ADMIN, f"{API}/webhooks/{{webhook}}"),
    Guarded("PATCH", f"{API}/webhooks/<uuid:uuid>", Role.ADMIN, f"{API}/webhooks/{{webhook}}", {"events": ["case_*"]}),
    Guarded("DELETE", f"{API}/webhooks/<uuid:uuid>", Role.ADMIN, f"{API}/webhooks/{{webhook}}"),
    *[
        Guarded("POST", f"{API}/webhooks/<uuid:uuid>/{verb}", Role.ADMIN, f"{API}/webhooks/{{webhook}}/{verb}")
        for verb in ("secret", "test")
    ],
    Guarded("GET", f"{API}/webhooks/<uuid:uuid>/deliveries", Role.ADMIN, f"{API}/webhooks/{{webhook}}/deliveries"),
    Guarded(
        "POST",
        f"{API}/webhooks/<uuid:uuid>/deliveries/<uuid:delivery>/redeliver",
        Role.ADMIN,
        f"{API}/webhooks/{{webhook}}/deliveries/{{told}}/redeliver",
    ),
]

PUBLIC = [
    Public("GET", "/", EVERYBODY, "/", 200),
    Public("GET", "/brand/<version>.css", EVERYBODY, "/brand/none.css", 200),
    Public("GET", "/static/<path:filename>", EVERYBODY, "/static/casey.css", 200),
    Public("GET", "/openapi.json", EVERYBODY, "/openapi.json", 200),
    Public("GET", "/docs", EVERYBODY, "/docs", 200),
    Public("GET", "/openapi/<dialect>.json", EVERYBODY, "/openapi/deskie.json", 200),
    Public("GET", "/docs/<dialect>", EVERYBODY, "/docs/deskie", 200),
    Public("GET", "/health/live", EVERYBODY, "/health/live", 200),
    Public("GET", "/health/ready", EVERYBODY, "/health/ready", 200),
    Public("GET", f"{API}/public/case", WITH_LINK, f"{API}/public/case", 401),
    Public("GET", f"{API}/public/case/files/<uuid:uuid>", WITH_LINK, f"{API}/public/case/files/{{file}}", 401),
    Public("GET", "/confirm/<code>", WITH_LINK, "/confirm/{guess}", 404),
    Public("GET", "/confirm", WITH_LINK, "/confirm", 404),
    Public("POST", "/confirm", WITH_LINK, "/confirm", 404),
    Public("GET", "/c/<secret>", WITH_LINK, "/c/{guess}", 404),
    Public("GET", "/cases/<uuid:uuid>", WITH_LINK, "/cases/{case}", 404),
    Public("POST", "/cases/<uuid:uuid>", WITH_LINK, "/cases/{case}", 404),
    *[
        Public("POST", f"/cases/<uuid:uuid>/{act}", WITH_LINK, f"/cases/{{case}}/{act}", 404)
        for act in ("close", "reopen", "mute", "unmute", "leave")
    ],
    Public(
        "POST",
        "/cases/<uuid:uuid>/messages/<uuid:message>/helpful",
        WITH_LINK,
        "/cases/{case}/messages/{message}/helpful",
        404,
    ),
    Public("GET", "/cases/<uuid:uuid>/live", WITH_LINK, "/cases/{case}/live", 404),
    Public("GET", "/cases/<uuid:uuid>/download", WITH_LINK, "/cases/{case}/download", 404),
    Public("GET", "/left", EVERYBODY, "/left", 200),
    Public("GET", "/r/<secret>/<score>", WITH_LINK, "/r/{guess}/high", 404),
    Public("GET", "/cases/<uuid:uuid>/rating/<score>", WITH_LINK, "/cases/{case}/rating/high", 404),
    Public("POST", "/cases/<uuid:uuid>/rating/<score>", WITH_LINK, "/cases/{case}/rating/high", 404),
    Public("GET", "/cases/<uuid:uuid>/rating/<score>/thanks", WITH_LINK, "/cases/{case}/rating/high/thanks", 404),
    Public("GET", "/new-link", WITH_LINK, "/new-link", 404),
    Public("POST", "/new-link", WITH_LINK, "/new-link", 404),
    Public("GET", "/new-link/sent", EVERYBODY, "/new-link/sent", 200),
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
    Public("GET", "/new", WHERE_IT_IS_ON, "/new", 404),
    Public("POST", "/new", WHERE_IT_IS_ON, "/new", 404),
    Public("GET", "/new/sent", WHERE_IT_IS_ON, "/new/sent", 404),
    Public("GET", "/widget.js", WHERE_IT_IS_ON, "/widget.js", 404),
    Public("GET", "/team/sign-in", EVERYBODY, "/team/sign-in", 200),
    Public("POST", "/team/sign-in", EVERYBODY, "/team/sign-in", 422),
    Public("GET", "/team/sign-in/sent", EVERYBODY, "/team/sign-in/sent", 200),
    Public("GET", "/team/sign-in/<secret>", WITH_LINK, "/team/sign-in/{guess}", 410),
    Public("GET", "/team/sign-in/enter", WITH_LINK, "/team/sign-in/enter", 410),
    Public("POST", "/team/sign-in/enter", WITH_LINK, "/team/sign-in/enter", 410),
    Public("GET", "/team/live", SIGNED_IN, "/team/live", 401),
    Public("GET", "/team/cases/<uuid:uuid>/live", SIGNED_IN, "/team/cases/{case}/live", 401),
    *[Public(method, rule, SIGNED_IN, an_address(rule), 303) for method, rule in PAGES],
]
