"""The outside world of one process: reads the sandbox mailboxes, and answers as the people they belong to."""

import re
from email import message_from_bytes
from email.message import EmailMessage

from flask import Flask
from sqlalchemy import select

from app.extensions import db
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import SANDBOX
from app.mail.models import InboundEmail, SandboxEmail
from app.transaction import transaction
from tests.letters import letter
from tests.reading import AS_READ


class Outside:
    """Everybody's mailbox."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def inbox(self, address: str) -> list[EmailMessage]:
        """The mails somebody got, oldest first."""
        with self.app.app_context():
            query = select(SandboxEmail.content).where(SandboxEmail.address == address).order_by(SandboxEmail.id)
            return [message_from_bytes(raw, policy=AS_READ) for raw in db.session.scalars(query)]  # type: ignore[misc]

    def send(self, raw: bytes | EmailMessage) -> int:
        """Mail the support address; returns the id of the inbound row."""
        content = raw if isinstance(raw, bytes) else raw.as_bytes()
        with self.app.app_context(), transaction():
            return take_in_directly(SANDBOX, content).id

    def reply(self, to: EmailMessage, text: str, **headers: str) -> int:
        """Answer a mail as its reader's mail program would."""
        reader = str(to["To"].addresses[0].addr_spec)
        answered = {"In-Reply-To": to["Message-ID"], "References": f"{to['References'] or ''} {to['Message-ID']}"}
        return self.send(letter(reader, f"Re: {to['Subject']}", text, **{**answered, **headers}))

    def received(self, id: int) -> dict[str, object]:
        """What was decided about an inbound mail."""
        with self.app.app_context():
            row = db.session.get_one(InboundEmail, id)
            return {"outcome": row.outcome, "reason": row.reason, "robot": row.robot, "case_id": row.case_id}


def link_in(mail: EmailMessage, part: str) -> str:
    """The address in a mail that contains this part, such as ``/c/``."""
    [found] = re.findall(rf"https?://\S*{part}\S*", mail.get_content())
    return str(found)
