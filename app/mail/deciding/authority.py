"""Who may write into the case that threading selected.

From and references are hints, never authority by themselves: only a token proves who writes, since only its reader
knows it, or an aligned pass that our own mail server vouches for. And the team may say of any mail that it is to be
taken for what it claims to be.
"""

from dataclasses import dataclass

from app.cases.invitations import invited
from app.cases.models import Case
from app.cases.participation import participates
from app.mail.deciding.decisions import ADMITTED, was_said
from app.mail.deciding.screening.authentication import vouched_for
from app.mail.deciding.threading import Match
from app.mail.models import InboundEmail
from app.mail.reading.incoming import Incoming
from app.people.merging import ids_of
from app.people.models import Person

THIRD_PARTY = ("unknown_sender", "not_a_participant")


@dataclass(frozen=True)
class Verdict:
    """Whether the sender may write, whether it is certain that it is he, and why."""

    allowed: bool
    verified: bool
    reason: str

    @property
    def third_party(self) -> bool:
        """Whether the sender is nobody of this case."""
        return not self.allowed and self.reason in THIRD_PARTY


def judge(inbound: InboundEmail, mail: Incoming, sender: Person | None, match: Match) -> Verdict:
    """The table of who may write, row by row."""
    if sender is None:
        return Verdict(False, False, "unknown_sender")
    if not sender.active:
        return Verdict(False, False, "sender_blocked")
    vouched = vouched_for(mail)
    if was_said(inbound, ADMITTED):
        return Verdict(True, vouched is True, ADMITTED)
    if _owns_token(sender, match) and _belongs(sender, match.case):
        return Verdict(True, True, "token")
    if sender.team:
        return Verdict(vouched is True, vouched is True, "vouched" if vouched else "team_member_unproven")
    if not participates(match.case, sender):
        return Verdict(False, False, "not_a_participant")
    if vouched is False:
        return Verdict(False, False, "authentication_failed")
    return Verdict(True, vouched is True, "participant")


def _owns_token(sender: Person, match: Match) -> bool:
    mine = ids_of(sender)
    return any(token.person_id in mine for token in match.tokens)


def _belongs(person: Person, case: Case) -> bool:
    """In the case, or asked to take it up. A token of somebody who was removed is dead."""
    if any(one.person_id == person.id for one in case.participants):
        return participates(case, person)
    return any(one.person_id == person.id for one in invited(case))
