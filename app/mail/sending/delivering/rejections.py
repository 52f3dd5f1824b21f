"""Why a mail did not arrive, by what the system that refused it said."""

import re

from app.clock import now
from app.events import record
from app.mail.models import Delivery, OutboundEmail, Rejection
from app.mail.reading.reports.status_codes import status_in
from app.mail.sending.suppression import count_bounce
from app.text import storable

LONGEST_ANSWER = 1000
ADDRESS = re.compile(r"[^\s<>@]{1,64}@[^\s<>@:;,]{1,255}")
EXPIRED = re.compile(
    r"retry time(?:out)? (?:exceeded|not reached)|expired|too old|queue time|timed? ?out|"
    r"been in the queue too long|abgelaufen|délai|expiré|expirad|scadut",
    re.I,
)
UNKNOWN = re.compile(
    r"unknown (?:user|recipient|address|local part)|(?:user|recipient|address|mailbox) (?:is )?unknown|"
    r"no such (?:user|recipient|mailbox|person|address|domain|host)|(?:does not|doesn.t) (?:exist|have an? )|"
    r"(?:user|recipient|mailbox|address|account|domain name|host|domain)[^.\n]{0,60} not found|"
    r"recipientnotfound|mailbox (?:is )?(?:unavailable|disabled|inactive)|"
    r"account (?:is |has been |that you tried to reach is )?(?:disabled|closed)|"
    r"no mailbox (?:here )?by that name|no (?:valid|such) (?:recipient|mailbox)|invalid (?:recipient|mailbox|address)|"
    r"unrouteable|not a (?:valid|known) (?:user|mailbox|recipient)|couldn.t be found|wasn.t found|"
    r"recipient address rejected: access denied|nxdomain|address not found|"
    r"empfänger unbekannt|unbekannter (?:empfänger|benutzer)|existiert nicht|utilisateur inconnu|n.existe pas|"
    r"no existe|non esiste|não existe|bestaat niet|finns inte|nie istnieje|не существует|存在しません|不存在",
    re.I,
)
BLOCKED = re.compile(
    r"spam|black ?list|block ?list|\bblocked|dnsbl|\brbl\b|spamhaus|polic(?:y|ies)|reputation|\bspf\b|dkim|dmarc|"
    r"\bbanned|prohibit|not (?:authori[sz]ed|permitted|allowed)|(?:access|relay(?:ing)?|permission) denied|virus|"
    r"malware|unsolicited|\blisted (?:at|in|by|on)|content (?:rejected|denied)",
    re.I,
)
NO_SUCH_MAILBOX = re.compile(r"\s*55[013]\b")


def why(status: str, words: str) -> Rejection:
    """Why a mail failed for good. Whoever fails on a temporary status has given up after trying for long."""
    if status.startswith("4.") or status == "5.4.7" or EXPIRED.search(words):
        return Rejection.EXPIRED
    known = bool(UNKNOWN.search(words))
    blocked = bool(BLOCKED.search(words)) and not known
    if status.startswith("5.7.") or blocked:
        return Rejection.BLOCKED
    if known or _of_the_address(status) or (status in {"", "5.0.0"} and NO_SUCH_MAILBOX.match(words)):
        return Rejection.BOUNCE
    return Rejection.ERROR


def _of_the_address(status: str) -> bool:
    """RFC 3463, 3.2; 5.1.7 and 5.1.8 are about our own address."""
    return status.startswith("5.1.") and status not in {"5.1.7", "5.1.8"}


def refuse(outbound: OutboundEmail, answer: str) -> None:
    """The server will never take a mail; these are its words."""
    reject(outbound, why(status_in(answer), answer), answer)


def reject(outbound: OutboundEmail, kind: Rejection, words: str) -> None:
    """A mail has failed for good. That is said on its case, without anybody's address, and nothing is done there."""
    outbound.status, outbound.rejection, outbound.rejected_at = Delivery.REJECTED, kind, now()
    outbound.answer = storable(words)[:LONGEST_ANSWER]
    record(
        outbound.case or outbound.person,
        "delivery_failed",
        by=None,
        new={
            "delivery": outbound.id,
            "person": outbound.person_id,
            "type": kind,
            "words": ADDRESS.sub("...", outbound.answer),
        },
    )
    if kind is Rejection.BOUNCE:
        count_bounce(outbound)
