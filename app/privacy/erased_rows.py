"""What is left of each row when a person is forgotten."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.cases.models import Post
from app.extensions import db
from app.mail.models import Outcome
from app.privacy.identifying import NAME, cases_of, words_everywhere, words_in_answers, words_of_his
from app.privacy.mails import remains
from app.privacy.places import Place
from app.privacy.walking import PLAIN_MAIL, Changes, Json, Row, struck_row

TOMBSTONE = "[erased]"
# What these say of a person is no more than that it happened, or what he was here.
HARMLESS = frozenset(
    {
        "member_dismissed",
        "person_blocked",
        "person_created",
        "person_disabled",
        "person_enabled",
        "person_erased",
        "person_organization_changed",
        "person_role_changed",
        "person_unblocked",
        "persons_merged",
        "role_given",
        "signed_in",
        "signed_out",
    }
)


class Eraser:
    """Says for rows what changes in them. ``posts``: what he wrote goes, too, with the files he sent."""

    def __init__(self, ids: Collection[int], known: Json, *, posts: bool) -> None:
        self.ids, self.posts = frozenset(ids), posts
        self.everywhere = words_everywhere(known)
        self.his = [*self.everywhere, *words_of_his(known)]
        self.answers = [*self.his, *words_in_answers(known)]

    def __call__(self, place: Place, rows: Sequence[Row]) -> Iterable[Changes | None]:
        """The changes of each row; None: it goes."""
        cases = cases_of(self.ids, {row._case for row in rows})
        own = _own_posts(rows, self.ids) if place.name == "events" and self.posts else set()
        for row in rows:
            yield self._changes(place, row, cases, own)

    def _changes(self, place: Place, row: Row, cases: set[int], own: set[int]) -> Changes | None:
        if place.name == "persons" and row._row in self.ids:
            return {}
        if place.name == "given_answers":
            return struck_row(place, row, self.answers)
        if place.name == "attachments" and self.posts and self._names(place, row):
            return None
        concerned = row._case in cases or self._names(place, row) or bool(struck_row(place, row, self.everywhere))
        changes = struck_row(place, row, self.his if concerned else self.everywhere)
        return changes | self._special(place, row, own)

    def _names(self, place: Place, row: Row) -> bool:
        """Whether a row names him."""
        return any(row._mapping[f"_person{number}"] in self.ids for number in range(len(place.persons)))

    def _special(self, place: Place, row: Row, own: set[int]) -> Changes:
        """What changes besides the words."""
        special: Any = getattr(self, f"_in_{place.name}", None)
        wanted = self._left_of_all(place, row) | (special(place, row, own) if special else {})
        return {name: value for name, value in wanted.items() if getattr(row, name, ...) != value}

    def _left_of_all(self, place: Place, row: Row) -> Changes:
        """Where he was, and the bytes of what he mailed and of what was mailed for him."""
        changes: Changes = {}
        if self._names(place, row) and hasattr(row, "ip_address"):
            changes["ip_address"] = None
        if self._names(place, row) and self.posts and place.name in PLAIN_MAIL:
            changes["content"] = remains(row.content, self.his)
        return changes

    def _in_api_keys(self, place: Place, row: Row, _own: set[int]) -> Changes:
        return {"name": NAME} if self._names(place, row) else {}

    def _in_posts(self, place: Place, row: Row, _own: set[int]) -> Changes:
        mine = self.posts and self._names(place, row)
        return {"body": TOMBSTONE, "html": None, "visible": None} if mine else {}

    def _in_ratings(self, place: Place, row: Row, _own: set[int]) -> Changes:
        return {"comment": ""} if self.posts and row._mapping["_person0"] in self.ids else {}

    def _in_participants(self, place: Place, row: Row, _own: set[int]) -> Changes:
        return {"alias": NAME} if self._names(place, row) else {}

    def _in_inbound_emails(self, place: Place, row: Row, _own: set[int]) -> Changes:
        """A mail of his that waits for the team to decide can be let in no more."""
        held = row.outcome is Outcome.HELD and bool(struck_row(place, row, self.everywhere))
        return {"outcome": Outcome.IGNORED, "reason": "sender_erased"} if held else {}

    def _in_events(self, place: Place, row: Row, own: set[int]) -> Changes:
        """His own facts go from the log, and what he wrote and rated if that is asked."""
        changes: Changes = {}
        about_him = row.subject_table == "persons" and row.subject_id in self.ids and row.name not in HARMLESS
        rated = self.posts and row.name in {"case_rated", "message_rated"} and self._names(place, row)
        if about_him or rated or _edited(row) in own:
            changes |= {"old": None, "new": row.new if _edited(row) in own else None}
        return changes


def _edited(row: Row) -> int | None:
    """The post of which an event holds the former text."""
    return row.new.get("post") if row.name.endswith("_edited") and isinstance(row.new, dict) else None


def _own_posts(rows: Sequence[Row], ids: Collection[int]) -> set[int]:
    """Those of the posts of which events hold the former text that he wrote."""
    some = {_edited(row) for row in rows} - {None}
    return set(db.session.scalars(select(Post.id).where(Post.id.in_(some), Post.author_id.in_(ids))))
