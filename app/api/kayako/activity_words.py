"""What happened on a case in Kayako's words: a verb, what changed, and a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.events import Event
from app.people.models import Person


@dataclass(frozen=True)
class Told:
    """How an event is told: its verb, the end of the sentence that begins with whoever did it, and what changed."""

    verb: str
    did: str
    field: str | None = None


def _changed(field: str, words: str = "") -> Told:
    return Told("UPDATE_CASE", f"changed the {words or field.replace('_', ' ')}", field)


# Events that nobody reads about, such as that somebody was reminded, are left out.
TOLD: Mapping[str, Told] = {
    "case_opened": Told("CREATE_CASE", "opened the conversation"),
    "case_imported": Told("CREATE_CASE", "took the conversation over"),
    "case_confirmed": Told("UPDATE_CASE", "confirmed the conversation", "state"),
    "subject_changed": _changed("subject"),
    "status_changed": _changed("status"),
    "custom_status_changed": _changed("status"),
    "case_closed": Told("UPDATE_CASE", "closed the conversation", "status"),
    "case_reopened": Told("UPDATE_CASE", "reopened the conversation", "status"),
    "priority_changed": _changed("priority"),
    "type_changed": _changed("type"),
    "category_changed": _changed("category"),
    "language_changed": _changed("language"),
    "case_assigned": _changed("assigned_agent"),
    "team_assigned": _changed("assigned_team"),
    "requester_changed": _changed("requester"),
    "custom_field_changed": _changed("custom_field"),
    "label_attached": Told("UPDATE_CASE", "added a tag", "tags"),
    "label_detached": Told("UPDATE_CASE", "removed a tag", "tags"),
    "participant_joined": Told("ADD_PARTICIPANT", "added a participant", "participants"),
    "participant_removed": Told("REMOVE_PARTICIPANT", "removed a participant", "participants"),
    "case_rated": Told("RATE_CASE", "rated the conversation", "rating"),
    "message_rated": Told("RATE_CASE", "rated a message", "rating"),
    "case_trashed": Told("TRASH_CASE", "moved the conversation to the trash", "state"),
    "case_marked_spam": Told("SUSPEND_CASE", "suspended the conversation", "state"),
    "case_restored": Told("RESTORE_CASE", "restored the conversation", "state"),
    "case_unmarked_spam": Told("RESTORE_CASE", "restored the conversation", "state"),
    "case_merged": Told("MERGE_CASE", "merged the conversation into another one"),
    "case_unmerged": Told("UNMERGE_CASE", "took a merge back"),
    "case_split": Told("SPLIT_CASE", "split the conversation"),
    "case_split_off": Told("SPLIT_CASE", "split the conversation off another one"),
    "message_edited": Told("UPDATE_POST", "edited a message"),
    "message_deleted": Told("DELETE_POST", "deleted a message"),
    "note_edited": Told("UPDATE_NOTE", "edited a note"),
    "note_deleted": Told("DELETE_NOTE", "deleted a note"),
    "note_pinned": Told("UPDATE_NOTE", "pinned a note"),
    "note_unpinned": Told("UPDATE_NOTE", "unpinned a note"),
}
# Of these the values are ids of persons and teams.
NAMING = {
    "case_assigned": "user",
    "requester_changed": "user",
    "participant_joined": "user",
    "participant_removed": "user",
    "team_assigned": "team",
}
NOBODY = "Casey"


def summary_of(event: Event, actor: Person | None) -> str:
    """An event as a sentence; of what is no reference, with the values."""
    told = TOLD.get(event.name, Told("", event.name.replace("_", " ")))
    who = actor.name if actor else NOBODY
    values = [one if isinstance(one, str) and told.field and event.name not in NAMING else "" for one in _sides(event)]
    was, now = (f" {word} {one}" if one else "" for word, one in zip(("from", "to"), values, strict=True))
    return f"{who} {told.did}{was}{now}."


def _sides(event: Event) -> tuple[object, object]:
    return event.old, event.new
