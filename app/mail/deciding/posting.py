"""What becomes of a mail that belongs to a case: it is put on it, opens the next one, or is held."""

from app.cases.models import Case
from app.cases.posting import post_message, takes_messages
from app.config import settings
from app.mail.deciding.authority import Verdict, judge
from app.mail.deciding.content import body_of, reply_content
from app.mail.deciding.copied import propose_copied
from app.mail.deciding.decisions import ADMITTED, conclude, note, was_said
from app.mail.deciding.holding import held_if_refused, hold, hold_storm
from app.mail.deciding.opening import open_apart, open_following
from app.mail.deciding.orders.obeying import obeyed
from app.mail.deciding.screening.floods import storm
from app.mail.deciding.threading import Match
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Incoming
from app.people.models import Person
from app.people.persons import find_person


def on_case(inbound: InboundEmail, mail: Incoming, match: Match) -> None:
    """A mail that threading has led to a case, which is locked."""
    sender = find_person(mail.sender or "")
    verdict = judge(inbound, mail, sender, match)
    note(inbound, "authority", verdict.reason)
    if verdict.third_party:
        _third_party(inbound, mail, match.case, verdict.reason)
    elif not verdict.allowed or sender is None:
        hold(inbound, mail, match.case, verdict.reason)
    elif _too_many(inbound, match.case, sender):
        hold_storm(inbound, mail, match.case)
    else:
        _let_in(inbound, mail, match.case, sender, verdict)


def _third_party(inbound: InboundEmail, mail: Incoming, case: Case, reason: str) -> None:
    """Somebody who is not in the case writes to it: what mailThirdParty says. No robot opens a case by that."""
    policy = settings().mail_third_party
    if policy == "reject":
        conclude(inbound, Outcome.IGNORED, "third_party_rejected", case)
    elif policy == "new" and not inbound.robot:
        open_apart(inbound, mail, follows=case)
    else:
        hold(inbound, mail, case, reason)


def _too_many(inbound: InboundEmail, case: Case, sender: Person) -> bool:
    """Whether this is one mail of a storm. One that the team has admitted is none; to let its sender in says less."""
    if was_said(inbound, ADMITTED):
        return False
    why = storm(inbound, case, sender)
    note(inbound, "storm", why)
    return why is not None


def _let_in(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, verdict: Verdict) -> None:
    """The sender may write. Whether the case takes it depends on where the case stands."""
    if obeyed(inbound, mail, case, sender, verified=verdict.verified):
        return
    if inbound.robot or takes_messages(case):
        with held_if_refused(inbound, mail, case):
            _post(inbound, mail, case, sender, verdict)
    elif case.closed and not sender.team:
        open_following(inbound, mail, sender, follows=case, verified=verdict.verified)
    else:
        hold(inbound, mail, case, f"case_{'closed' if case.closed else case.state}")


def _post(inbound: InboundEmail, mail: Incoming, case: Case, sender: Person, verdict: Verdict) -> None:
    post = post_message(
        case,
        body_of(mail),
        by=sender,
        channel="mail",
        content=reply_content(mail),
        robot=inbound.robot,
        verified=verdict.verified,
    )
    propose_copied(case, inbound, mail, by=sender)
    inbound.person_id, inbound.post_id = sender.id, post.id
    conclude(inbound, Outcome.POSTED, None, case)
