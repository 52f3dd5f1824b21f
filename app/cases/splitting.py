"""Splitting a case: some of its messages become a case of their own."""

from collections.abc import Sequence
from datetime import datetime

from app.cases.merging import check_in_play
from app.cases.models import Case, Participant, Post, Status
from app.cases.moments import note_all_written
from app.cases.moving import move_posts
from app.cases.opening import new_reference
from app.cases.participation import active_participants
from app.cases.queries import first_post_id
from app.clock import now
from app.errors import Conflict
from app.events import record
from app.extensions import db
from app.people.models import Person
from app.text import storable


def split_case(case: Case, posts: Sequence[Post], subject: str, *, by: Person | None) -> Case:
    """Open a case of some messages of another one. Its authors and its requester are in it, and nobody is mailed.

    Who was taken out of the old case is not in the new one either, and so is not its requester.
    Raises Conflict for a case that is not in play, or when the message that opened it would leave it.
    """
    check_in_play(case)
    if first_post_id(case) in {post.id for post in posts}:
        raise Conflict("The message that opened a case stays in it.")
    new = _case_of(case, sorted(posts, key=lambda post: post.id), subject)
    ids = sorted(post.id for post in posts)
    move_posts(ids, case.id, new.id)
    record(case, "case_split", by=by, new={"into": new.id, "posts": ids})
    record(new, "case_split_off", by=by, new={"from": case.id, "posts": ids})
    return new


def _case_of(case: Case, posts: Sequence[Post], subject: str) -> Case:
    authors = {post.author_id: post.author for post in posts}
    there = {one.person_id for one in active_participants(case)}
    requester = next((one for one in authors.values() if not one.team and one.id in there), case.requester)
    inside = authors.keys() | {requester.id}
    new = Case(
        reference=new_reference(),
        subject=storable(subject).strip(),
        status=Status.OPEN,
        priority=case.priority,
        type=case.type,
        category=case.category,
        channel=posts[0].channel,
        language=case.language,
        creator=requester,
        requester=requester,
        assignee=case.assignee if case.assignee_id in inside else None,
        team_id=case.team_id,
        organization_id=requester.organization_id,
        confirmed_at=now(),
        last_post_at=posts[-1].created_at,
        last_customer_post_at=_latest(posts, team=False),
        last_team_post_at=_latest(posts, team=True),
        participants=[_also_in(one) for one in active_participants(case) if one.person_id in inside],
        labels=[],
    )
    db.session.add(new)
    new.requester_id = requester.id  # whose answers count is noted before the row is there
    note_all_written(new, [(post.author, post.created_at, post.kind) for post in posts])
    db.session.flush()
    return new


def _latest(posts: Sequence[Post], *, team: bool) -> datetime | None:
    return max((post.created_at for post in posts if post.author.team is team), default=None)


def _also_in(one: Participant) -> Participant:
    return Participant(person=one.person, alias=one.alias, muted_at=one.muted_at)
