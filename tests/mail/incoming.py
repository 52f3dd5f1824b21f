"""Mails as the reader hands them over, made by hand, and what is decided about them, without a process of its own."""

import itertools
from dataclasses import replace
from typing import Any

from app.mail.deciding.outcomes import decide
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import SANDBOX
from app.mail.models import InboundEmail
from app.mail.reading.incoming import Incoming

_numbers = itertools.count(1)


def incoming(sender: str, subject: str = "Help!", text: str = "Please.", **more: Any) -> Incoming:
    """A plain mail that has been read. Headers are lists by names in lower case."""
    mail = Incoming(
        sender=sender,
        sender_name=sender.partition("@")[0].capitalize(),
        sender_problem=None,
        subject=subject,
        message_id=f"<incoming-{next(_numbers)}@{sender.rpartition('@')[2]}>",
        in_reply_to=(),
        references=(),
        text=text,
        content_type="text/plain",
        headers={},
    )
    return replace(mail, **more)


def decided(mail: Incoming) -> InboundEmail:
    """Take such a mail in and decide about it, inside the present transaction."""
    raw = f"From: {mail.sender}\r\nSubject: {mail.subject}\r\nMessage-ID: {mail.message_id}\r\n\r\n{mail.text}"
    inbound = take_in_directly(SANDBOX, raw.encode())
    decide(inbound, mail)
    return inbound
