"""Whether there is more mail from one sender than anybody could mean. What is too much is parked, never dropped."""

from datetime import timedelta

from sqlalchemy import and_, bindparam, func, or_, select

from app.cases.models import Case
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.models import InboundEmail, Outcome
from app.people.models import Person

AN_HOUR = timedelta(hours=1)
MOST_POSTS, MOST_TEAM_POSTS = 10, 30

# What is asked for every mail is put together once.
OPENED = (
    select(func.count())
    .select_from(InboundEmail)
    .where(InboundEmail.sender == bindparam("sender"), InboundEmail.received_at > bindparam("since"))
    .where(InboundEmail.outcome == Outcome.OPENED, InboundEmail.id != bindparam("id"))
    .execution_options(autoflush=False)  # what is being written down with this mail makes no difference
)


def flood(inbound: InboundEmail) -> str | None:
    """Its sender has opened as many cases within an hour as mailFloodLimit allows."""
    asked = {"sender": inbound.sender, "since": now() - AN_HOUR, "id": inbound.id}
    opened = db.session.scalar(OPENED, asked)
    return f"its sender opened {opened} cases within an hour" if (opened or 0) >= settings().mail_flood_limit else None


def storm(inbound: InboundEmail, case: Case, sender: Person) -> str | None:
    """Its sender has written more mails on this case within an hour than people do: ten, or thirty if of the team.

    Orders that were refused count, since whoever gives them is answered.
    """
    posted = and_(InboundEmail.person_id == sender.id, InboundEmail.outcome == Outcome.POSTED)
    refused = and_(InboundEmail.sender == inbound.sender, InboundEmail.reason == "order_refused")
    written = db.session.scalar(
        select(func.count())
        .select_from(InboundEmail)
        .where(InboundEmail.case_id == case.id, InboundEmail.received_at > now() - AN_HOUR)
        .where(or_(posted, refused), InboundEmail.id != inbound.id)
    )
    most = MOST_TEAM_POSTS if sender.team else MOST_POSTS
    return f"its sender wrote {written} mails on this case within an hour" if (written or 0) >= most else None
