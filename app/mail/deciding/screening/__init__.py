"""What kind of mail this is: small named rules, each of which is recorded with the mail as hit or miss.

A rule says whether it applies, and why. Rules only look; what follows from them is decided in ``outcomes``.
"""

from collections.abc import Callable

from app.mail.deciding.screening.absences import absence_subject
from app.mail.deciding.screening.authentication import authentication
from app.mail.deciding.screening.floods import flood, storm
from app.mail.deciding.screening.loops import (
    MOST_HOPS,
    control_header,
    own_address,
    own_loop_header,
    own_message_id,
    too_many_hops,
)
from app.mail.deciding.screening.reports import delivery_report, receipt_or_complaint
from app.mail.deciding.screening.robots import (
    auto_reply_header,
    auto_submitted,
    bulk_precedence,
    daemon,
    mailing_list,
    null_sender,
)
from app.mail.reading.incoming import Incoming

__all__ = ["CIRCLES", "EVERY_RULE", "LOOPS", "MOST_HOPS", "RECEIPTS", "REMARKS", "REPORTS", "ROBOTS", "Rule"]

Rule = Callable[[Incoming], str | None]

LOOPS: tuple[Rule, ...] = (own_loop_header, own_message_id, own_address)
CIRCLES: tuple[Rule, ...] = (too_many_hops,)
RECEIPTS: tuple[Rule, ...] = (receipt_or_complaint,)
REPORTS: tuple[Rule, ...] = (delivery_report,)
ROBOTS: tuple[Rule, ...] = (
    auto_submitted,
    bulk_precedence,
    auto_reply_header,
    mailing_list,
    null_sender,
    daemon,
    absence_subject,
)
# Worth knowing; others judge by it, or nobody.
REMARKS: tuple[Rule, ...] = (control_header, authentication)
EVERY_RULE = tuple(rule.__name__ for rule in (*LOOPS, *CIRCLES, *RECEIPTS, *REPORTS, *ROBOTS, *REMARKS, flood, storm))
