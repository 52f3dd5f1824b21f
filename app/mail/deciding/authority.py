"""Who may write into the case that threading selected.

From and references are hints, never authority by themselves: only a token proves who writes, since only its reader
knows it, or an aligned pass that our own mail server vouches for.
"""

import re
from dataclasses import dataclass

from authres import AuthenticationResultsHeader, AuthResError

from app.cases.invitations import invited
from app.cases.models import Case
from app.cases.participation import participates
from app.config import settings
from app.mail.deciding.threading import Match
from app.mail.reading.incoming import Incoming
from app.people.models import Person

AUTHSERV_ID = re.compile(r'\s*(?:\([^()]*\)\s*)*"?([^\s;()"]+)')


@dataclass(frozen=True)
class Verdict:
    """Whether the sender may write, whether it is certain that it is he, and why."""

    allowed: bool
    verified: bool
    reason: str


def judge(mail: Incoming, sender: Person | None, match: Match) -> Verdict:
    """The table of who may write, row by row."""
    case = match.case
    if sender is None:
        return Verdict(False, False, "unknown_sender")
    if not sender.active:
        return Verdict(False, False, "sender_blocked")
    if _owns_token(sender, match) and _belongs(sender, case):
        return Verdict(True, True, "token")
    vouched = vouched_for(mail)
    if sender.team:
        return Verdict(vouched is True, vouched is True, "vouched" if vouched else "team_member_unproven")
    if not participates(case, sender):
        return Verdict(False, False, "not_a_participant")
    if vouched is False:
        return Verdict(False, False, "authentication_failed")
    return Verdict(True, vouched is True, "participant")


def _owns_token(sender: Person, match: Match) -> bool:
    return match.token is not None and match.token.person_id == sender.id


def _belongs(person: Person, case: Case) -> bool:
    """In the case, or asked to take it up. A token of somebody who was removed is dead."""
    if any(one.person_id == person.id for one in case.participants):
        return participates(case, person)
    return any(one.person_id == person.id for one in invited(case))


def vouched_for(mail: Incoming) -> bool | None:
    """Whether our mail server says that From is genuine (DMARC passed), that it is not, or nothing.

    Only the topmost Authentication-Results of the configured server counts (RFC 8601, 5): senders can write such
    headers themselves.
    """
    trusted = settings().mail_authserv_id
    for line in mail.headers.get("authentication-results", []) if trusted else []:
        server = AUTHSERV_ID.match(line)
        if server and server[1].lower() == trusted:
            return _dmarc(line, (mail.sender or "").rpartition("@")[2])
    return None


def _dmarc(line: str, domain: str) -> bool | None:
    """What the line says, provided that it speaks of this domain."""
    try:
        found = AuthenticationResultsHeader.parse(f"Authentication-Results: {line}")
    except AuthResError:
        return None  # never look further down: what stands there may be the sender's own
    checks = [one for one in found.results if one.method == "dmarc"]
    results = {str(one.result).lower() for one in checks}
    about = {str(part.value).lower() for one in checks for part in one.properties if part.name == "from"}
    return (about <= {domain} or None) if results == {"pass"} else False if "fail" in results else None
