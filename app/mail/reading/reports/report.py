"""Reading what mail systems report about mails of ours (RFC 3464), also in the words of those that do not know it."""

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message

from app.mail.reading.incoming import Report
from app.mail.reading.reports.ids import named_ids
from app.mail.reading.reports.parts import Fields, blocks, header, parts, type_of
from app.mail.reading.reports.status_codes import status_in
from app.mail.reading.reports.words import by_words

LONGEST_WORDS = 1000
MOST_RECIPIENTS = 20
ACTIONS = {"fail": "failed", "delay": "delayed", "deliver": "delivered"}
BY_CLASS = {"2": "delivered", "4": "delayed", "5": "failed"}
GRAVEST_FIRST = ("failed", "delayed", "delivered")
RECEIPTS = {"message/disposition-notification", "message/feedback-report", "message/global-disposition-notification"}
STATUSES = {"message/delivery-status", "message/global-delivery-status"}
DAEMON = re.compile(
    r"\b(?:mailer-daemon|mail-daemon|postmaster|microsoftexchange[0-9a-f]{32})@|mail delivery (?:sub)?system", re.I
)
ADDRESS = re.compile(r"[^\s<>;,\"]{1,64}@[^\s<>;,\"]{1,255}")
ANSWERED = re.compile(r"\s*(?:re|aw|sv|fwd?|wg|tr|rv|enc)\s*:", re.I)


def read_report(mail: EmailMessage) -> Report | None:
    """What a mail system reports by this mail; None when it is anything else, a person's words about a report say."""
    found = list(parts(mail))
    if any(type_of(part) in RECEIPTS for part in found):
        return Report("other")
    proper = type_of(mail) == "multipart/report"
    if proper or _from_a_system(mail) or _by_nobody(mail):
        by_status = [report for part in found if type_of(part) in STATUSES for report in _by_fields(part)]
        report = _gravest(by_status) or _worded(mail, proper)
        if report:
            return _completed(report, mail)
    return Report("other") if proper else None


def _from_a_system(mail: Message) -> bool:
    """Whether its sender is a mail system. A postmaster may be a person, whom mail can be returned to."""
    returned_to = header(mail, "return-path")
    nobody = returned_to in {"", "<>"}
    return bool(header(mail, "x-failed-recipients")) or (nobody and bool(DAEMON.search(header(mail, "from"))))


def _by_nobody(mail: Message) -> bool:
    """Whether no person may be answered; that alone makes it a robot's, but not yet a mail system's."""
    return header(mail, "return-path") == "<>" or header(mail, "auto-submitted").lower().startswith("auto-")


def _worded(mail: EmailMessage, proper: bool) -> Report | None:
    if not proper and ANSWERED.match(header(mail, "subject")):
        return None
    return by_words(mail, certain=proper or _from_a_system(mail))


def _by_fields(part: Message) -> Iterator[Report]:
    """A report for each recipient that the fields speak of."""
    for block in blocks(part):
        action = _action(block)
        if action and {"action", "status", "diagnostic-code"} & set(block):
            words = re.sub(r"^[\w-]{1,20}\s*;\s*", "", block.get("diagnostic-code", ""))
            recipient = block.get("final-recipient") or block.get("original-recipient") or ""
            yield Report(
                "delivery",
                action,
                _status(block, words),
                words[:LONGEST_WORDS],
                recipients=tuple(one.lower() for one in ADDRESS.findall(recipient)[:1]),
            )


def _action(block: Fields) -> str:
    """``failed``, ``delayed`` or ``delivered``; nothing for a mail that was only passed on."""
    written = block.get("action", "").lower()
    if written:
        return next((ours for theirs, ours in ACTIONS.items() if written.startswith(theirs)), "")
    return BY_CLASS.get(_status(block, block.get("diagnostic-code", ""))[:1], "")


def _status(block: Fields, words: str) -> str:
    """The status; that of the other server where the reporting one says nothing definite."""
    own, theirs = status_in(block.get("status", "")), status_in(words)
    return theirs if theirs and (not own or own.endswith(".0.0")) else own


def _gravest(reports: list[Report]) -> Report | None:
    return min(reports, key=lambda one: GRAVEST_FIRST.index(one.action), default=None)


def _completed(report: Report, mail: EmailMessage) -> Report:
    """With what stands elsewhere in the mail: the ids, the recipients, and the words where the fields had none."""
    failed = [one.lower() for one in ADDRESS.findall(header(mail, "x-failed-recipients"))]
    worded = None if report.words and report.status else by_words(mail, certain=True)
    return Report(
        report.kind,
        report.action,
        report.status or (worded.status if worded else ""),
        report.words or (worded.words if worded else ""),
        named_ids(mail),
        tuple(dict.fromkeys([*report.recipients, *failed]))[:MOST_RECIPIENTS],
    )
