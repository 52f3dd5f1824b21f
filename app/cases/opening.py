"""Opening a case, and confirming it."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.cases.content import Content
from app.cases.labels import bear_labels
from app.cases.links import Link, Purpose, link_by_secret
from app.cases.models import Case, Post, PostKind, State
from app.cases.participation import add_participant, join_case
from app.cases.posting import touch, write_post
from app.cases.queries import locked
from app.clock import now
from app.config import deployed, settings
from app.errors import Conflict, Forbidden, Gone, Invalid
from app.events import record
from app.extensions import db
from app.people.identities import confirm_address
from app.people.models import Person
from app.text import storable

WITH_REFERENCE = (
    select(Case.id)
    .where(Case.reference == bindparam("reference"))
    .execution_options(autoflush=False)  # what else is new goes into the database together with the case
)


def open_case(
    creator: Person,
    subject: str,
    body: str,
    *,
    channel: str,
    category: str | None = None,
    tags: Iterable[str] = (),
    meta: Mapping[str, Any] | None = None,
    confirmed: bool | None = None,
    follows: Case | None = None,
    content: Content | None = None,
    robot: bool = False,
    verified: bool = True,
    at: datetime | None = None,
    requester: Person | None = None,
    others: Iterable[Person] = (),
    external_id: str | None = None,
    kind: PostKind = PostKind.MESSAGE,
    mailed: bool = True,
) -> Case:
    """Open a case for its creator, with its first message.

    One of the team may open it for a ``requester``, who gets the message as ``others`` do who are in it from the start;
    or with a note, of which nobody hears. ``confirmed`` is left out where caseConfirmation decides; a pending case is
    told to nobody but its creator. One that was opened elsewhere, ``at`` another time, is told to nobody at all.

    Raises Conflict for an ``external_id`` that another case has, Forbidden for a note of somebody who is not of the
    team.
    """
    check_free(external_id)
    if kind is PostKind.NOTE and not (creator.team and creator.active):
        raise Forbidden("Only the team writes notes.", field="from")
    born_confirmed = not settings().case_confirmation if confirmed is None else confirmed
    case = _new_case(
        creator,
        requester or creator,
        subject,
        at or now(),
        kind,
        external_id=external_id,
        channel=channel,
        category=category,
        meta=dict(meta or {}),
        confirmed_at=now() if born_confirmed else None,
        follows=follows,
    )
    bear_labels(case, tags)
    join_case(case, creator)
    for person in (case.requester, *others):
        add_participant(case, person, by=creator)
    post = write_post(
        case,
        body,
        by=creator,
        channel=channel,
        kind=kind,
        content=content,
        robot=robot,
        verified=verified,
        mailed=mailed and kind is PostKind.MESSAGE,
        first=True,
        at=at,
    )
    if at is None:
        record(case, "case_opened", by=creator, new={"state": case.state, "post": post.id})
    else:
        backdate(case, post, at)
        record(case, "case_imported", by=creator, new={"state": case.state, "post": post.id})
    return case


def backdate(case: Case, post: Post, at: datetime) -> None:
    """Say that a case was opened then, with this message. Raises Invalid for a moment that is still to come."""
    if at > now():
        raise Invalid("This must be in the past.", field="created_at")
    case.created_at = case.updated_at = post.created_at = post.entry.created_at = at
    post.mailed = False
    case.last_post_at = at
    case.last_customer_post_at = None if post.author.team else at
    case.last_team_post_at = at if post.author.team else None


def check_free(external_id: str | None) -> None:
    """Raises Conflict for an id of somebody else's making that a case has already."""
    if external_id and db.session.scalar(select(Case.id).where(Case.external_id == external_id)) is not None:
        raise Conflict("Another case has this id already.", field="external_id")


def _new_case(creator: Person, requester: Person, subject: str, at: datetime, kind: PostKind, **facts: Any) -> Case:
    """A case with nothing in it yet."""
    case = Case(
        reference=new_reference(),
        subject=storable(subject).strip() or "(no subject)",
        creator=creator,
        requester=requester,
        requester_id=requester.id,
        organization_id=requester.organization_id,
        participants=[],
        labels=[],
        posts=[],
        **facts,
    )
    touch(case, creator, at, kind)
    db.session.add(case)
    db.session.flush()
    return case


def new_reference() -> str:
    """A number for people, such as 664-245651, that no other case has."""
    while True:
        reference = f"{secrets.randbelow(900) + 100}-{secrets.randbelow(1_000_000):06d}"
        if db.session.scalar(WITH_REFERENCE, {"reference": reference}) is None:
            return reference


def confirm_case(code: str) -> Case:
    """Confirm the case this code was made for; only now is the team told.

    Raises NotFound for an unknown code, Gone for an expired one, Conflict when the case was confirmed already.
    """
    return confirm_by(link_by_secret(code, Purpose.CONFIRM))


def confirm_by(link: Link) -> Case:
    """Confirm the case of a confirmation link.

    Raises Conflict when that was done already, Gone for a dead case and for somebody who was blocked since.
    """
    case = locked(link.case)
    if case.confirmed_at is not None:
        raise Conflict("This case is confirmed already.", case=str(case.uuid))
    if case.state is not State.PENDING or not link.person.active:
        raise Gone("This case no longer waits to be confirmed.")
    case.confirmed_at = link.used_at = now()
    confirm_address(link.person)
    record(case, "case_confirmed", by=link.person, old=State.PENDING, new=State.ACTIVE)
    return case


def confirmation_url(code: str) -> str:
    """Where a customer confirms: on the integrator's page when caseConfirmUrl names one, else on ours."""
    ours = f"{deployed().base_url}/confirm/%code%"
    return (settings().case_confirm_url or ours).replace("%code%", code)
