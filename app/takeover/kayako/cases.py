"""Cases of an account of Kayako, with what was written on them."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from app.cases.custom_fields import FieldLevel
from app.cases.labels import LONGEST_LABEL
from app.takeover.accounts import LONGEST_SUBJECT, Account, Fetched, moment, readable
from app.takeover.answers import Json, NotRead
from app.takeover.kayako.people import WHOLE_USERS, Everybody
from app.takeover.kayako.source import KayakoSource
from app.takeover.kayako.words import channel_of, form_of, priority_of, standing_of, type_of

NOTE, ACTIVITY = "note", "activity"
SCORES = {"GOOD": "high", "BAD": "low"}
MOST_POSTS = 50_000
# What a case has to be shown with, and what was written on it.
WHOLE_CASES = f"{WHOLE_USERS},case_status,case_priority,case_type,case_form,channel,tag"
WHOLE_POSTS = f"{WHOLE_USERS},channel,attachment,case_message,note,chat_message,facebook_message,twitter_message"


class KayakoAccount(Account[KayakoSource]):
    """An account of Kayako."""

    def __init__(self, source: KayakoSource, takeover_id: int, everybody: Everybody) -> None:
        super().__init__(source, takeover_id)
        self.everybody = everybody

    def number(self, row: Json) -> int:
        return int(row["id"])

    def fetch(self, row: Json) -> Fetched:
        asked = self.source.rows(f"/cases/{self.number(row)}/posts", include=WHOLE_POSTS)
        posts = [*islice(asked, MOST_POSTS + 1)]
        if len(posts) > MOST_POSTS:
            raise NotRead(f"It has more than {MOST_POSTS:,} posts.")
        posts = [one for one in reversed(posts) if _original(one).get("resource_type") != ACTIVITY]
        files = [file for post in posts for file in post.get("attachments") or ()]
        return Fetched(row, posts, self.contents(files, "url_download"))

    def take(self, found: Fetched) -> int:
        """With whoever is named in it: he may be gone from the list of users, or have come since that was read."""
        for user in _users([found.case, found.messages]):
            self.everybody.take_user(self.takeover_id, user)
        return super().take(found)

    def describe(self, found: Fetched) -> Json:
        case = found.case
        requester = self.person(case["requester"]["id"])
        updated = _moment(case["updated_at"])
        messages = [self._message(case, one) for one in found.messages]
        return {
            "external_id": self.id_of(case),
            "creator": {"email": self._who(case, "creator") or requester},
            "requester": {"email": requester},
            "subject": (case.get("subject") or "")[:LONGEST_SUBJECT],
            "created_at": _moment(case["created_at"]),
            "updated_at": updated,
            "closed_at": _moment(case.get("last_closed_at")) or updated,
            **standing_of(case["status"]),
            "priority": priority_of(case.get("priority")),
            "channel": channel_of(case.get("source_channel")),
            "type": type_of(case.get("type")),
            "form": form_of(case.get("form")),
            "assignee": _named(self._who(case, "assigned_agent")),
            "team": self.team((case.get("assigned_team") or {}).get("id")),
            "tags": [one["name"][:LONGEST_LABEL] for one in case.get("tags") or ()],
            "fields": self.everybody.fields.said(FieldLevel.CASE, case.get("custom_fields") or ()),
            "spam_at": updated if case.get("state") == "SUSPENDED" else None,
            "trashed_at": updated if case.get("state") == "TRASH" else None,
            "participants": self._participants(case, requester, messages),
            "messages": messages,
            "ratings": self._ratings(case, requester),
        }

    def _who(self, row: Json, member: str) -> str | None:
        return self.person(row[member]["id"]) if row.get(member) else None

    def _message(self, case: Json, post: Json) -> Json:
        original = _original(post)
        note = original.get("resource_type") == NOTE
        text, html = readable(original.get("body_text") or post.get("contents"), original.get("body_html"))
        written = _moment(post["created_at"])
        return {
            "from": self._who(post, "creator") or self.person(case["requester"]["id"]),
            "kind": "note" if note else "message",
            "team": note,
            "message": text,
            "html": html,
            "channel": channel_of(post.get("source_channel")),
            "created_at": written,
            "pinned_at": written if original.get("is_pinned") is True else None,
            "external_id": f"{self.id_of(case)}.{post['id']}",
            "attachments": [_file(one) for one in post.get("attachments") or ()],
        }

    def _participants(self, case: Json, requester: str, messages: list[Json]) -> list[Json]:
        """For whom it is, who opened it, and whoever wrote a message in it."""
        wrote = [one["from"] for one in messages if one["kind"] == "message"]
        everybody = dict.fromkeys([requester, self._who(case, "creator") or requester, *wrote])
        return [{"email": one, "joined_at": _moment(case["created_at"])} for one in everybody]

    def _ratings(self, case: Json, requester: str) -> list[Json]:
        """What its requester thought of it."""
        if case.get("rating") not in SCORES:
            return []
        at = _moment(case.get("last_closed_at")) or _moment(case["updated_at"])
        rated = self._who(case, "assigned_agent")
        return [{"from": requester, "score": SCORES[case["rating"]], "created_at": at, "rated": rated}]


def _original(post: Json) -> Json:
    """What a post was made of: a message, a note, or something that happened."""
    original: Json = post.get("original") or {}
    return original


def _users(value: Any) -> Iterator[Json]:
    """Every user that is shown whole in what an account answers."""
    if isinstance(value, list):
        for one in value:
            yield from _users(one)
    elif isinstance(value, dict):
        if value.get("resource_type") == "user" and "role" in value:
            yield value
        else:
            yield from _users([*value.values()])


def _named(uuid: str | None) -> Json | None:
    return {"email": uuid} if uuid else None


def _file(file: Json) -> Json:
    return {
        "name": file["name"],
        "content_type": file.get("type") or "",
        "content_id": file.get("content_id"),
        "sha256": file.get("sha256", f"missing-{file['id']}"),
    }


def _moment(text: str | None) -> str | None:
    return moment(datetime.fromisoformat(text)) if text else None
