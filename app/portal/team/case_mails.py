"""What the team decides about the mails of a case: a route and a verb for each."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from app.mail.deciding.reconsidering import admit, reject
from app.mail.inbound import mail_on
from app.mail.sending.deliveries import delivery_of, retry
from app.people.access import Act
from app.portal.team.acting import done
from app.portal.team.pages import Button
from app.portal.team.session import guard

bp = Blueprint("team_case_mails", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.WRITE_CASES)


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
