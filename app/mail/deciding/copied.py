"""Who else a mail was sent to: proposed for the case, and nothing more."""

from app.cases.models import Case
from app.cases.proposals import propose
from app.mail.models import InboundEmail
from app.mail.reading.incoming import Incoming
from app.people.models import Person


def propose_copied(case: Case, inbound: InboundEmail, mail: Incoming, *, by: Person) -> None:
    """Propose the people in To and Cc. A robot proposes nobody."""
    if not inbound.robot:
        propose(case, [(one.address, one.name) for one in mail.copied], by=by)
