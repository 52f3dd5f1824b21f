"""Mail goes where its case goes: what was received for it, and what it has caused."""

from app.cases.models import Case
from app.cases.moving import move_all, move_some
from app.events import Event, record
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail

MOVED = "mail_moved"


def move_mail(case: Case, into_id: int) -> None:
    """Move all mail of a case to another one. What was moved stands in an event."""
    moved = {"inbound": move_all(InboundEmail, case.id, into_id), "outbound": move_all(OutboundEmail, case.id, into_id)}
    record(case, MOVED, by=None, new={"into": into_id, **moved})


def move_mail_back(case: Case, from_id: int) -> None:
    """Take that back."""
    query = db.select(Event).where(Event.case_id == case.id, Event.name == MOVED)
    moved = db.session.scalars(query.order_by(Event.sequence.desc()).limit(1)).one()
    move_some(InboundEmail, moved.new["inbound"], from_id, case.id)
    move_some(OutboundEmail, moved.new["outbound"], from_id, case.id)


def move_mail_of_posts(post_ids: list[int], from_id: int, to_id: int) -> None:
    """Move the mail that brought single posts or passed them on."""
    for model in (InboundEmail, OutboundEmail):
        move_some(model, post_ids, from_id, to_id, by=model.post_id)
