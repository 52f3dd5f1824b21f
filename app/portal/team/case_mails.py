"""The mails of a case: what one that came says, and what the team decides about it; a route and a verb for each."""

from uuid import UUID

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from app.cases.queries import case_by_uuid
from app.mail.deciding.reasons import admissible
from app.mail.deciding.reconsidering import admit, reject
from app.mail.inbound import mail_on, raw_of
from app.mail.models import Outcome
from app.mail.reading.plainly import text_of
from app.mail.sending.deliveries import delivery_of, retry
from app.mail.sending.masking.mask import Mask
from app.people.access import Act, can
from app.portal.team.acting import done
from app.portal.team.pages import Button, team_page
from app.portal.team.reasons import why
from app.portal.team.session import guard, member

bp = Blueprint("team_case_mails", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


@bp.get("/mails/<uuid:mail>")
def show(uuid: UUID, mail: UUID) -> Response:
    """What a mail says, and why it became what it did."""
    me, case = member(Act.READ_MAIL), case_by_uuid(uuid)
    found = mail_on(case, mail)
    held = found.outcome is Outcome.HELD
    return team_page(
        "case_mail.html",
        case=case,
        mail=found,
        why=why(found.reason),
        text=_masked(text_of(raw_of(found)), Mask(me, case)),
        rejects=held and can(me.role, Act.ADMIT_MAIL),
        admits=held and can(me.role, Act.ADMIT_MAIL) and admissible(found.reason or ""),
    )


def _masked(text: str | None, mask: Mask) -> str | None:
    """Without the links of others in what it quotes: whoever has one acts under its person's name."""
    return None if text is None else mask(text)


@bp.post("/deliveries/<uuid:delivery>/retry")
def again(uuid: UUID, delivery: UUID) -> AnyResponse:
    """Send a mail that failed once more."""
    return done(uuid, Button(), lambda case, me: retry(delivery_of(case, delivery), by=me), at="#people")


@bp.post("/mails/<uuid:mail>/admit")
def let_in(uuid: UUID, mail: UUID) -> AnyResponse:
    """Take a held mail for what it claims to be."""
    admits = Act.ADMIT_MAIL
    return done(uuid, Button(), lambda case, me: admit(mail_on(case, mail), by=me), act=admits, at="#mails")


@bp.post("/mails/<uuid:mail>/reject")
def turn_away(uuid: UUID, mail: UUID) -> AnyResponse:
    """Let nothing follow from a held mail."""
    admits = Act.ADMIT_MAIL
    return done(uuid, Button(), lambda case, me: reject(mail_on(case, mail), by=me), act=admits, at="#mails")
