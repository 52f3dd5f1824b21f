"""Mails of the team that begin with orders: whether these are obeyed, and what becomes of the mail."""

from app.cases.models import Case, State
from app.errors import CaseyError
from app.extensions import db
from app.mail.deciding.copied import propose_copied
from app.mail.deciding.decisions import conclude, note
from app.mail.deciding.holding import LONGEST_EXCERPT, hold, park
from app.mail.deciding.orders.lines import Orders, read_orders
from app.mail.deciding.orders.verbs import Refused, carry_out, post_rest
from app.mail.models import InboundEmail, MailPurpose, Outcome
from app.mail.reading.incoming import Incoming
from app.mail.sending.outbox import queue_notice
from app.people.models import Person

REFUSED = "order_refused"
IN_DOUBT = "{}: This could be meant as an order. Begin the mail with orders as they are, or leave out the sign # here."


def obeyed(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, *, verified: bool) -> bool:
    """Deal with a mail that begins with orders; its sender may write to the case. Says whether it was one.

    A robot orders nothing, and on a case that is not in play nothing is ordered. Of what the team admitted without
    proof only the words count. But in no way does the text of a note become a message, and what could be meant as an
    order is refused.
    """
    orders = read_orders(mail) if sender.team else None
    if orders is None or not (orders.given or orders.doubt):
        return False
    if inbound.robot or case.state is not State.ACTIVE:
        return (orders.note or orders.doubt is not None) and _kept_back(inbound, mail, case)
    note(inbound, "orders", str(orders) if verified else f"not obeyed: {orders}")
    try:
        with db.session.begin_nested():
            _obey(inbound, mail, case, sender, orders, verified)
    except CaseyError as error:
        _refuse(inbound, mail, case, sender, error.message)
    return True


def _obey(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, orders: Orders, verified: bool) -> None:
    if orders.doubt:
        raise Refused(IN_DOUBT.format(orders.doubt))
    post = carry_out(orders, case, by=sender) if verified else post_rest(orders, case, by=sender, verified=False)
    propose_copied(case, inbound, mail, by=sender)
    inbound.person_id, inbound.post_id = sender.id, post.id if post else None
    conclude(inbound, Outcome.POSTED, None, case)


def _kept_back(inbound: InboundEmail, mail: Incoming, case: Case) -> bool:
    hold(inbound, mail, case, REFUSED)
    return True


def _refuse(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, why: str) -> None:
    """Nothing of the mail is done. Whoever gave the orders is told what is wrong with them, and nobody else."""
    park(inbound, case, REFUSED)
    excerpt = mail.answer[:LONGEST_EXCERPT]
    queue_notice(MailPurpose.REFUSED_ORDER, sender, about=inbound, case=case, reason=why, excerpt=excerpt)
