"""Subject lines: made by mailSubjectFormat, and read back."""

import re

from app.cases.models import Case
from app.config import settings

PLACEHOLDER = re.compile(r"%(prefix|reference|subject)%")
REFERENCE = re.compile(r"(?<!\d)(\d{3}-\d{6})(?!\d)")
ANSWERED = re.compile(r"^\s*(re|aw|sv|vs|antw|odp|rif|fwd?|wg|tr)\s*(\[\d+\])?\s*:\s*", re.I)


def format_subject(case: Case, subject: str) -> str:
    """The subject line of a mail on this case. One pass: a placeholder inside a value stays text."""
    values = {
        "prefix": settings().mail_subject_prefix,
        "reference": case.reference,
        "subject": bare_subject(subject),
    }
    line = PLACEHOLDER.sub(lambda match: values[match[1]], settings().mail_subject_format)
    return " ".join(line.split())


def bare_subject(subject: str) -> str:
    """A subject without our own prefixes and without the marks of answering, so that they never pile up."""
    text = _ours().sub(" ", " ".join(subject.split()))
    while ANSWERED.match(text):
        text = ANSWERED.sub("", text)
    return text.strip() or "(no subject)"


def _ours() -> re.Pattern[str]:
    """What mailSubjectFormat puts around a subject, with any reference in it."""
    frame = settings().mail_subject_format.replace("%subject%", "\0")
    parts = [re.escape(part.strip()) for part in frame.split("\0") if "%reference%" in part]
    prefix = re.escape(settings().mail_subject_prefix)
    filled = [part.replace("%reference%", r"\d{3}-\d{6}").replace("%prefix%", prefix) for part in parts]
    return re.compile("|".join(filled) or r"(?!)", re.I)


def references_in(subject: str) -> list[str]:
    """The case references a subject line names, in their order."""
    return REFERENCE.findall(subject)
