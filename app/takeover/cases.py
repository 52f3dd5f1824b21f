"""Cases of an account, with what was written in them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from app.cases.content import LONGEST_HTML
from app.cases.importing import import_case, imported_before
from app.cases.labels import LONGEST_LABEL
from app.clock import now
from app.errors import Invalid
from app.extensions import db
from app.files.kept import Kept
from app.mail.formatted import text_and_html
from app.people.models import Person, Team
from app.takeover.models import local_id
from app.takeover.source import Json, Source, rows_in

PRIORITIES = {"low", "normal", "high", "critical"}
CHANNELS = {"email": "mail"}
NOTHING = "(no text)"


@dataclass
class Account:
    """What is to be known of an account to understand its cases."""

    source: Source
    takeover_id: int
    labels: dict[int, str] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)

    def id_of(self, case: Json) -> str:
        """What a case is called here."""
        return f"{self.source.url}#{case['case_id']}"

    def known(self, case: Json) -> bool:
        """Whether the case is here already."""
        return imported_before(self.id_of(case)) is not None


@dataclass(frozen=True)
class Fetched:
    """A case with its messages, and the contents of its files."""

    case: Json
    messages: list[Json]
    contents: dict[str, Kept]


def fetch(account: Account, row: Json) -> Fetched:
    """Everything of a case, before any transaction is opened."""
    path = f"/cases/{row['case_id']}"
    case = account.source.get(f"{path}.json")["case"]
    messages = list(account.source.rows(f"{path}/messages.json", "message", order="asc"))
    contents: dict[str, Kept] = {}
    for message in messages:
        for file in message.get("attachments") or ():
            content = account.source.file(file["url"])
            if content is not None:
                file["sha256"] = content.sha256
                contents[content.sha256] = content
    return Fetched(case, messages, contents)


def take_case(account: Account, found: Fetched) -> int:
    """Make the case here. Returns how many of its files could not be had. Raises Invalid for what cannot be taken."""
    result = import_case(_described(account, found), by=None, contents=found.contents)
    return int(result.get("missing_files", 0))


def _described(account: Account, found: Fetched) -> Json:
    case = found.case
    user = _person(account, case["user_id"])
    updated = _moment(case["updated_at"])
    closed = case["status"] == "closed"
    return {
        "external_id": account.id_of(case),
        "creator": {"email": user},
        "subject": case["subject"],
        "created_at": _moment(case["created_at"]),
        "updated_at": updated,
        "closed_at": (_moment(case.get("closed_at")) or updated) if closed else None,
        "status": case["status"],
        "priority": case["priority"] if case["priority"] in PRIORITIES else "normal",
        "channel": str(CHANNELS.get(case["channel"], case["channel"]))[:40],
        "language": account.languages.get(case.get("language_id") or 0),
        "assignee": {"email": _person(account, case["staff_id"])} if case.get("staff_id") else None,
        "team": _team(account, case.get("group_id") or 0),
        "tags": [account.labels[one][:LONGEST_LABEL] for one in case.get("labels", ()) if one in account.labels],
        "spam_at": updated if case.get("spam") else None,
        "trashed_at": updated if case.get("deleted") else None,
        "messages": [_message(account, case, one) for one in found.messages],
        "ratings": _ratings(account, case, user),
    }


def _message(account: Account, case: Json, message: Json) -> Json:
    author = message.get("staff_id") or message.get("user_id") or case["user_id"]
    text, html = _text(message)
    return {
        "from": _person(account, author),
        "kind": "note" if message.get("note") else "message",
        "team": bool(message.get("staff_id")),
        "message": text,
        "html": html,
        "created_at": _moment(message["created_at"]),
        "external_id": f"{account.id_of(case)}.{message['message_id']}",
        "attachments": [_file(one) for one in message.get("attachments") or ()],
        "ratings": _ratings(account, message, _person(account, case["user_id"])),
    }


def _text(message: Json) -> tuple[str, str | None]:
    """The text, or what can be read of the HTML; where neither is of any use, that there is none."""
    html = message.get("content_html") or None
    try:
        text, safe = text_and_html(message.get("content") or None, html if html and len(html) <= LONGEST_HTML else None)
    except Invalid:
        return NOTHING, None
    return (text if text.strip() else NOTHING), safe


def _file(file: Json) -> Json:
    return {
        "name": file["file_name"],
        "content_type": file.get("mime_type") or "",
        "sha256": file.get("sha256", f"missing-{file['file_id']}"),
    }


def _ratings(account: Account, rated: Json, user: str) -> Iterable[Json]:
    """What its user thought of a case, or of a message in it."""
    if rated.get("rating") not in {"low", "middle", "high"}:
        return []
    staff = rated.get("rated_staff_id") or rated.get("staff_id")
    at = _moment(rated.get("closed_at")) or _moment(rated["created_at"])
    return [
        {
            "from": user,
            "score": rated["rating"],
            "comment": rated.get("rating_comment") or "",
            "created_at": at,
            "rated": _person(account, staff) if staff else None,
        }
    ]


def _person(account: Account, remote_id: int) -> str:
    """Whoever this is there, as a description names him here. Raises Invalid for somebody who was not taken over."""
    number = local_id(account.takeover_id, "person", int(remote_id))
    person = db.session.get(Person, number) if number else None
    if person is None:
        raise Invalid(f"It names the person {remote_id}, who is not in the account any more.")
    return str(person.uuid)


def _team(account: Account, remote_id: int) -> str | None:
    number = local_id(account.takeover_id, "group", remote_id) if remote_id else None
    team = db.session.get(Team, number) if number else None
    return team.name if team and not team.deleted_at else None


def _moment(text: Any) -> str | None:
    """A moment as descriptions have it; none for a dash."""
    if not text or text == "-":
        return None
    found: datetime = parsedate_to_datetime(text)
    return min(found, now()).isoformat()


def labels_in(source: Source) -> dict[int, str]:
    """The labels of an account by their ids."""
    return {one.get("label_id", 0): str(one.get("label_title", "")) for one in source.rows("/labels.json", "label")}


def languages_in(source: Source) -> dict[int, str]:
    """The codes of its languages by their ids."""
    found = rows_in(source.get("/languages.json"), "language")
    return {one.get("language_id", 0): str(one.get("code", "")) for one in found}
