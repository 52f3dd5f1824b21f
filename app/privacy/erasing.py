"""Forgetting a person: the cases stay, and nothing in them says who he was.

At first he can do nothing any more and is written to no more; then every place is gone through; only at the end are his
addresses free, and a mail from one of them is a new person's. So work that was broken off can be ordered again.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.canned_answers import forget_answers_of
from app.cases.custom_fields import CustomField, CustomFieldValue, FieldLevel
from app.cases.invitations import Invitation
from app.cases.links import Link
from app.cases.models import Participant
from app.cases.proposals import Proposal
from app.clock import now
from app.errors import Conflict, NotFound
from app.events import record
from app.extensions import db
from app.people.credentials import ApiKey
from app.people.linking import forget_links
from app.people.merging import ids_of
from app.people.models import Identity, Person, Role, TeamMember
from app.people.persons import disable_person
from app.privacy.erased_rows import Eraser
from app.privacy.forgetting_words import forget_words
from app.privacy.identifying import NAME, identifying
from app.privacy.places import places
from app.privacy.walking import let_go_of_job_files, walk
from app.steps import Json, Step

LAST_OWNER = "This is the last owner of the house. Make somebody else an owner first."


def person_to_erase(uuid: UUID) -> Person:
    """The person with this uuid, also one who was erased before. Raises NotFound, and Conflict for the last owner."""
    person = db.session.scalar(select(Person).where(Person.uuid == uuid))
    person = person.merged_into or person if person else None
    if person is None:
        raise NotFound("There is no such person.")
    if person.role is Role.OWNER and person.deleted_at is None and not _another_owner(person):
        raise Conflict(LAST_OWNER)
    return person


def _another_owner(person: Person) -> bool:
    owners = select(Person).where(Person.role == Role.OWNER, Person.id != person.id)
    return any(one.active for one in db.session.scalars(owners))


def erase(options: Json, state: Json, by: Person | None) -> Step:
    """Forget the ``person``; with ``posts`` what he wrote, too."""
    person = person_to_erase(UUID(options["person"]))
    ids = ids_of(person)
    if state.get("receipt") is not None:
        return Step({}, receipt=state["receipt"]) if forget_words(state["merged"]) else Step(state)
    state = state or {"known": _close(person, ids, by), "reached": {}, "counts": {}}
    eraser = Eraser(ids, state["known"], posts=bool(options.get("posts")))
    where = [(place, ()) for place in places()]
    before = sum(state["counts"].values())
    ended = walk(where, state["reached"], state["counts"], eraser)
    done = sum(state["counts"].values()) - before
    if not ended:
        return Step(state, done=done)
    return Step({"merged": {}, "receipt": _bury(person, ids, state["counts"], by)}, done=done)


def _close(person: Person, ids: set[int], by: Person | None) -> Json:
    """Let him do nothing any more, at once: no key, link or token opens anything. Returns what he is known by."""
    known = identifying(ids)
    disable_person(person, by=by)
    moment = now()
    for change in (
        sa.update(ApiKey).where(ApiKey.person_id.in_(ids), ApiKey.revoked_at.is_(None)).values(revoked_at=moment),
        sa.update(Link).where(Link.person_id.in_(ids), Link.revoked_at.is_(None)).values(revoked_at=moment),
        sa.update(Participant)
        .where(Participant.person_id.in_(ids), Participant.removed_at.is_(None))
        .values(removed_at=moment),
        sa.delete(Invitation).where(Invitation.person_id.in_(ids)),
        sa.delete(TeamMember).where(TeamMember.person_id.in_(ids)),
        sa.delete(Proposal).where(Proposal.key.in_(known["addresses"])),
    ):
        db.session.execute(change, execution_options={"synchronize_session": False})
    forget_links(ids)
    return known


def _bury(person: Person, ids: set[int], counts: Json, by: Person | None) -> Json:
    """Forget what is known of him himself, and say what was done, by tables."""
    fields = select(CustomField.id).where(CustomField.level == FieldLevel.PERSON)
    his = CustomFieldValue.owner_id.in_(ids), CustomFieldValue.field_id.in_(fields)
    gone = {
        "canned_answers": forget_answers_of(sorted(ids)),
        "custom_field_values": _count(sa.delete(CustomFieldValue).where(*his)),
        "identities": _count(sa.delete(Identity).where(Identity.person_id.in_(ids))),
        "persons": _count(_to_nobody(ids)),
        "job_files": let_go_of_job_files(),
    }
    all_of_it = {name: counts.get(name, 0) + gone.get(name, 0) for name in sorted({*counts, *gone})}
    receipt = {name: count for name, count in all_of_it.items() if count}
    record(person, "person_erased", by=by, new=receipt)
    return receipt


def _to_nobody(ids: set[int]) -> sa.Update:
    mine = sa.update(Person).where(Person.id.in_(ids), Person.name != NAME)
    return mine.values(**NOBODY, deleted_at=sa.func.coalesce(Person.deleted_at, now()))


def _count(change: Any) -> int:
    done: Any = db.session.execute(change, execution_options={"synchronize_session": False})
    return int(done.rowcount)


NOBODY: Json = {
    "name": NAME,
    "external_id": None,
    "organization_id": None,
    "designation": "",
    "signature": "",
    "chat_signature": "",
    "alias": "",
    "unwanted_mails": [],
    "note": "",
    "language": None,
    "time_zone": None,
    "meta": {},
    "last_contact_at": None,
}
