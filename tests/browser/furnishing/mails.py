"""Mails that were held, that are in quarantine, and that did not arrive."""

import sqlalchemy as sa

from app.cases.models import Case
from app.cases.queries import case_by_uuid
from app.clock import now
from app.extensions import db
from app.mail.models import Delivery, InboundEmail, OutboundEmail, Outcome, Rejection
from app.transaction import transaction
from tests.browser.house import Lived
from tests.cast import BEN, EVE, UNA
from tests.letters import letter
from tests.sandbox import Outside
from tests.work import work_until_quiet

ROUND = b"Received: x\r\n" * 101 + b"From:"
ANSWER = "550 5.1.1 <una@customer.test>: Recipient address rejected: " + "unknown" * 40


def came_and_failed(lived: Lived) -> None:
    """Let mails come that are held or kept back, and let others of ours come back."""
    outside = Outside(lived.app)
    outside.send(letter(EVE, f"Re: {_reference(lived, 'held')} " + "Fwd: " * 60, "I saw it too!"))
    outside.send(letter(EVE, "Round and round", "Hi").as_bytes().replace(b"From:", ROUND, 1))
    outside.send(letter(UNA, "I write to you by mail", "Good morning."))
    outside.send(letter(BEN, "I am not here", "Back on Monday.", Auto_Submitted="auto-replied"))
    work_until_quiet(lived.app)
    with lived.app.app_context(), transaction():
        _let_fail(lived)
        _remember(lived)


def _reference(lived: Lived, name: str) -> str:
    with lived.app.app_context():
        return f"[Case {case_by_uuid(lived.cases[name]).reference}]"


def _let_fail(lived: Lived) -> None:
    """What was mailed to una of one case came back; one mail is late, one was held back."""
    bounced = case_by_uuid(lived.cases["bounced"])
    facts = {"rejection": Rejection.BOUNCE, "answer": ANSWER, "rejected_at": now(), "status": Delivery.REJECTED}
    ours = OutboundEmail.case_id == bounced.id, OutboundEmail.address == UNA
    db.session.execute(sa.update(OutboundEmail).where(*ours).values(**facts))
    late = db.session.scalars(sa.select(OutboundEmail.id).where(OutboundEmail.address == BEN).limit(1)).one()
    facts = {"rejection": Rejection.DEFERRED, "answer": "451 4.7.1 Please try again later", "status": Delivery.DEFERRED}
    db.session.execute(sa.update(OutboundEmail).where(OutboundEmail.id == late).values(next_at=NEVER, **facts))


NEVER = now().replace(year=2099)


_MAILS_OF_CASES = sa.select(Case.uuid, InboundEmail.uuid).join(Case, InboundEmail.case_id == Case.id)


def _remember(lived: Lived) -> None:
    for outcome in (Outcome.HELD, Outcome.QUARANTINED, Outcome.OPENED):
        query = sa.select(InboundEmail.uuid).where(InboundEmail.outcome == outcome)
        lived.places[outcome] = f"/team/operator/inbound/{db.session.scalars(query).first()}"
    for name, outcome in (("case-mail", Outcome.HELD), ("case-mail-opened", Outcome.OPENED)):
        case, mail = db.session.execute(_MAILS_OF_CASES.where(InboundEmail.outcome == outcome).limit(1)).one()
        lived.places[name] = f"/team/cases/{case}/mails/{mail}"
    for status in (Delivery.REJECTED, Delivery.DEFERRED):
        row = sa.select(OutboundEmail.uuid).where(OutboundEmail.status == status)
        lived.places[status] = f"/team/operator/deliveries/{db.session.scalars(row).first()}"
