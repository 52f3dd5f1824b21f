"""Opening a case and changing one, as Kayako's words say it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app.api.auth import caller
from app.api.kayako.errors import NotSignedIn
from app.api.kayako.own_fields import read_values
from app.api.kayako.words import LABELS, LEVELS, NOTE, NUMBERS, OWN, TYPES, UNSPOKEN, kept_channel
from app.cases.changing import change_case
from app.cases.content import Content, NewFile, Sender
from app.cases.custom_fields import FieldLevel
from app.cases.discarding import trash_case
from app.cases.forms import forms_numbered
from app.cases.labels import attach_labels, replace_labels
from app.cases.models import Case, PostKind, Priority, Status
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.statuses import statuses_numbered
from app.cases.types import type_word
from app.cases.uploads import take_uploads
from app.errors import CaseyError, Conflict, Invalid
from app.mail.formatted import text_and_html
from app.people.models import Person
from app.people.persons import find_or_create_person, person_numbered
from app.people.teams import team_numbered

Json = dict[str, Any]

# What the verbs call a value that is wrong, and how it is called here.
NAMES: Mapping[str, str] = {
    "requester": "requester_id",
    "assignee": "assigned_agent_id",
    "team": "assigned_team_id",
    "external_id": "legacy_id",
    "message": "contents",
    "note": "contents",
    "html": "contents",
    "from": "requester_id",
    "email": "requester_id",
}


@contextmanager
def in_words_of_kayako() -> Iterator[None]:
    """Whatever is wrong is named as this wire names it."""
    try:
        yield
    except (Invalid, Conflict) as error:
        error.fields = {NAMES.get(name, name): sentence for name, sentence in error.fields.items()}
        raise


def caller_himself() -> Person:
    """Whose key it is. Everybody who signs in here has one of his own."""
    person = caller().person
    if person is None:
        raise NotSignedIn("This needs the key of a person.")
    return person


def opened(new: Json, *, by: Person) -> Case:
    """Open a case for its requester, which is told to him; or with a note, of which nobody hears.

    It is confirmed from the start, since the team opens it.
    """
    creator = person_numbered(new["creator_id"], field="creator_id") if new.get("creator_id") else by
    requester = person_numbered(new["requester_id"], field="requester_id") if new.get("requester_id") else creator
    body, content = written(new["contents"], new["channel_options"], files_of(new))
    content = replace(content, sender=Sender(client_id=new.get("client_id") or None))
    with in_words_of_kayako():
        case = open_case(
            creator,
            new["subject"],
            body,
            channel=channel_in(new["channel"]),
            kind=PostKind.NOTE if new["channel"] == NOTE else PostKind.MESSAGE,
            tags=new["tags"],
            confirmed=True,
            content=content,
            requester=requester,
            others=copied(new["channel_options"]),
            external_id=new.get("legacy_id") or None,
            mailed=kept_channel(new["channel"]) not in UNSPOKEN,
        )
        change_case(case, facts(new), by=by)
    return case


def channel_in(word: str) -> str:
    """What a case or a post came through. What is sent by a call is answered by mail."""
    return "api" if word == "MAIL" else kept_channel(word)


def written(contents: str, options: Json, files: tuple[NewFile, ...] = ()) -> tuple[str, Content]:
    """The text, and beside it HTML where the contents are that."""
    with in_words_of_kayako():
        body, html = text_and_html(None, contents) if options.get("html") else (contents, None)
    return body, Content(html=html, files=files)


def copied(options: Json) -> list[Person]:
    """Those who get copies, by their addresses."""
    try:
        return [find_or_create_person(one, field="channel_options") for one in options.get("cc", ())]
    except CaseyError as error:
        raise Invalid(error.message, field="channel_options") from None


def files_of(new: Json) -> tuple[NewFile, ...]:
    """Files that came along, and those that came before, by their numbers."""
    return (*new["files"], *take_uploads(new["attachment_file_ids"], by=caller_himself()))


def changed(case: Case, new: Json, *, by: Person) -> None:
    """Change what is said of a case; the tags that are given replace those it has."""
    with in_words_of_kayako():
        change_case(case, facts(new), by=by)
        if "tags" in new:
            replace_labels(case, new["tags"], by=by)


def changed_together(new: Json, *, by: Person) -> Callable[[Case], None]:
    """What is to be done to each of several cases: tags are added to those it has."""
    said = facts(new)

    def change(case: Case) -> None:
        with in_words_of_kayako():
            change_case(case, said, by=by)
            attach_labels(case, new.get("tags", ()), by=by)
            if "notes" in new:
                write_note(case, new["notes"], by=by, channel="api")
            if "reply" in new:
                post_message(case, new["reply"], by=by, channel="api")
            if "state" in new:
                trash_case(case, by=by)

    return change


def facts(new: Json) -> Json:
    """What is said of a case, in the words of ``change_case``."""
    found: Json = {}
    if new.get("subject"):
        found["subject"] = new["subject"]
    if new.get("requester_id"):
        found["requester"] = person_numbered(new["requester_id"], field="requester_id")
    if new.get("field_values"):
        found["custom_fields"] = read_values(FieldLevel.CASE, new["field_values"])
    if "type_id" in new:
        found["type"] = type_word(new["type_id"], field="type_id") if new["type_id"] else None
    if "form_id" in new:
        found["form"] = _form(new["form_id"]) if new["form_id"] else None
    return found | _pressing(new) | _standing(new) | _answerable(new)


def _form(number: int) -> str:
    """The title of the form with this number. Raises Invalid."""
    form = forms_numbered([number]).get(number)
    if form is None or form.deleted_at:
        raise Invalid("There is no form with this id.", field="form_id")
    return form.title


def _pressing(new: Json) -> Json:
    if "priority_id" in new:
        return {"priority": _priority(new["priority_id"]) if new["priority_id"] else Priority.NORMAL}
    if "priority" in new:
        return {"priority": next(one for one, label in LABELS.items() if label.upper() == new["priority"])}
    return {}


def _priority(level: int) -> Priority:
    for priority, known in LEVELS.items():
        if known == level:
            return priority
    raise Invalid("There is no priority with this id.", field="priority_id")


def _standing(new: Json) -> Json:
    if "status_id" in new:
        return _status(new["status_id"])
    if "status" in new:
        return {"status": next(one for one, kind in TYPES.items() if kind == new["status"])}
    return {}


def _status(number: int) -> Json:
    """One of the five; or one of the operator's own, by its label."""
    core: list[Status] = [one for one, known in NUMBERS.items() if known == number]
    if core:
        return {"status": core[0]}
    own = [one for one in statuses_numbered([number - OWN]) if not one.deleted_at] if number > OWN else []
    if not own:
        raise Invalid("There is no status with this id.", field="status_id")
    return {"custom_status": own[0].label}


def _answerable(new: Json) -> Json:
    """Who answers for the case; 0 and null are nobody."""
    found: Json = {}
    if "assigned_agent_id" in new:
        given = new["assigned_agent_id"]
        found["assignee"] = person_numbered(given, field="assigned_agent_id") if given else None
    if "assigned_team_id" in new:
        given = new["assigned_team_id"]
        found["team"] = team_numbered(given, field="assigned_team_id") if given else None
    return found
