"""Cases as a bulk call tells them, described as imports have it: everybody by his uuid, and moments as texts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from app.api.kayako.case_facts import facts
from app.api.kayako.naming import below
from app.api.kayako.opening import channel_in, copied, written
from app.api.kayako.schemas.bulk import BulkCase
from app.api.kayako.words import NOTE
from app.api.wire import checked
from app.bulk.attempts import told
from app.cases.models import PostKind, Status
from app.cases.statuses import status_by_label
from app.cases.uploads import Upload, uploads_numbered
from app.clock import now
from app.errors import CaseyError
from app.people.models import Person
from app.people.persons import person_numbered

Json = dict[str, Any]


def described(said: Json, *, by: Person) -> Json:
    """A case, or the error that is in it."""
    try:
        return _case(checked(BulkCase, said), by)
    except CaseyError as error:
        return {"error": told(error)}


def _case(new: Json, by: Person) -> Json:
    opened = new.get("created_at") or now()
    creator = _person(new, "creator_id") or by
    requester = _person(new, "requester_id") or creator
    posts = [_post(new, creator, opened, by=by), *_posts(new["posts"], opened, by=by)]
    people = [creator, requester, *copied(new["channel_options"]), *(author for author, _ in posts)]
    said = facts(new)
    return {
        "external_id": new.get("legacy_id") or None,
        "subject": new["subject"],
        "creator": _named(creator),
        "requester": _named(requester),
        "participants": [{**_named(one), "joined_at": opened.isoformat()} for one in dict.fromkeys(people)],
        "channel": channel_in(new["channel"]),
        "tags": new["tags"],
        "fields": {key: value for key, value in said.get("custom_fields", {}).items() if value is not None},
        "created_at": opened.isoformat(),
        **({"updated_at": new["updated_at"].isoformat()} if "updated_at" in new else {}),
        **_standing(said),
        "messages": [message for _, message in posts],
    }


def _standing(said: Json) -> Json:
    """Where it stands, how much it presses and who answers for it."""
    own = status_by_label(said["custom_status"]) if "custom_status" in said else None
    assignee, team = said.get("assignee"), said.get("team")
    return {
        "status": own.base if own else said.get("status", Status.NEW),
        **({"custom_status": own.label} if own else {}),
        **{name: said[name] for name in ("priority", "type") if said.get(name)},
        **({"assignee": _named(assignee)} if assignee else {}),
        **({"team": team.name} if team else {}),
    }


def _posts(said: Iterable[Json], opened: datetime, *, by: Person) -> Iterator[tuple[Person, Json]]:
    """What was written later. Raises Invalid, which says in which of them."""
    for number, one in enumerate(said):
        with below(f"posts.{number}"):
            yield _post(one, by, opened, by=by)


def _post(new: Json, usual: Person, opened: datetime, *, by: Person) -> tuple[Person, Json]:
    """What was written, and by whom."""
    author = _person(new, "creator_id") or usual
    files = uploads_numbered(new["attachment_file_ids"], by=by)
    body, content = written(new["contents"], new["channel_options"])
    return author, {
        "from": str(author.uuid),
        "kind": PostKind.NOTE if new["channel"] == NOTE else PostKind.MESSAGE,
        "message": body,
        "html": content.html,
        "channel": channel_in(new["channel"]),
        "attachments": [_file(one) for one in files],
        "created_at": max(new.get("created_at") or opened, opened).isoformat(),
    }


def _file(one: Upload) -> Json:
    return {"name": one.name, "content_type": one.content_type, "sha256": one.file.sha256, "size": one.file.size}


def _person(new: Json, field: str) -> Person | None:
    return person_numbered(new[field], field=field) if new.get(field) else None


def _named(person: Person) -> Json:
    return {"email": str(person.uuid)}


def described_all(cases: Iterable[Json], *, by: Person) -> list[Json]:
    """The same of many cases."""
    return [described(one, by=by) for one in cases]
