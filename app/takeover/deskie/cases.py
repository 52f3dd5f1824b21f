"""Cases of an account of Deskie, with what was written in them."""

from collections.abc import Iterable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from app.cases.labels import LONGEST_LABEL
from app.takeover.accounts import LONGEST_SUBJECT, Account, Fetched, moment, readable
from app.takeover.answers import Json
from app.takeover.deskie.source import DeskieSource, rows_in

PRIORITIES = {"low", "normal", "high", "critical"}
CHANNELS = {"email": "mail"}


class DeskieAccount(Account[DeskieSource]):
    """An account of Deskie, with its labels and the codes of its languages by their ids."""

    def __init__(
        self, source: DeskieSource, takeover_id: int, labels: Mapping[int, str], languages: Mapping[int, str]
    ) -> None:
        super().__init__(source, takeover_id)
        self.labels, self.languages = labels, languages

    def number(self, row: Json) -> int:
        return int(row["case_id"])

    def fetch(self, row: Json) -> Fetched:
        path = f"/cases/{self.number(row)}"
        case = self.source.get(f"{path}.json")["case"]
        messages = list(self.source.rows(f"{path}/messages.json", "message", order="asc"))
        files = [file for message in messages for file in message.get("attachments") or ()]
        return Fetched(case, messages, self.contents(files, "url"))

    def describe(self, found: Fetched) -> Json:
        case = found.case
        user = self.person(case["user_id"])
        updated = _moment(case["updated_at"])
        closed = case["status"] == "closed"
        return {
            "external_id": self.id_of(case),
            "creator": {"email": user},
            "subject": case["subject"][:LONGEST_SUBJECT],
            "created_at": _moment(case["created_at"]),
            "updated_at": updated,
            "closed_at": (_moment(case.get("closed_at")) or updated) if closed else None,
            "status": case["status"],
            "priority": case["priority"] if case["priority"] in PRIORITIES else "normal",
            "channel": str(CHANNELS.get(case["channel"], case["channel"]))[:40],
            "language": self.languages.get(case.get("language_id") or 0),
            "assignee": {"email": self.person(case["staff_id"])} if case.get("staff_id") else None,
            "team": self.team(case.get("group_id")),
            "tags": [self.labels[one][:LONGEST_LABEL] for one in case.get("labels", ()) if one in self.labels],
            "spam_at": updated if case.get("spam") else None,
            "trashed_at": updated if case.get("deleted") else None,
            "messages": [self._message(case, one) for one in found.messages],
            "ratings": self._ratings(case, user),
        }

    def _message(self, case: Json, message: Json) -> Json:
        author = message.get("staff_id") or message.get("user_id") or case["user_id"]
        text, html = readable(message.get("content"), message.get("content_html"))
        return {
            "from": self.person(author),
            "kind": "note" if message.get("note") else "message",
            "team": bool(message.get("staff_id")),
            "message": text,
            "html": html,
            "created_at": _moment(message["created_at"]),
            "external_id": f"{self.id_of(case)}.{message['message_id']}",
            "attachments": [_file(one) for one in message.get("attachments") or ()],
            "ratings": self._ratings(message, self.person(case["user_id"])),
        }

    def _ratings(self, rated: Json, user: str) -> Iterable[Json]:
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
                "rated": self.person(staff) if staff else None,
            }
        ]


def _file(file: Json) -> Json:
    return {
        "name": file["file_name"],
        "content_type": file.get("mime_type") or "",
        "sha256": file.get("sha256", f"missing-{file['file_id']}"),
    }


def _moment(text: Any) -> str | None:
    """A moment; none for a dash."""
    return moment(parsedate_to_datetime(text)) if text and text != "-" else None


def labels_in(source: DeskieSource) -> dict[int, str]:
    """The labels of an account by their ids."""
    return {one.get("label_id", 0): str(one.get("label_title", "")) for one in source.rows("/labels.json", "label")}


def languages_in(source: DeskieSource) -> dict[int, str]:
    """The codes of its languages by their ids."""
    found = rows_in(source.get("/languages.json"), "language")
    return {one.get("language_id", 0): str(one.get("code", "")) for one in found}
