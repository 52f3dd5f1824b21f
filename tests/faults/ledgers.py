"""Ledgers outside the application: what was put into the mailbox, what the world accepted; and the checker."""

import os
from collections import Counter
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import func, select

from app.extensions import db
from app.mail.models import Delivery, InboundEmail, OutboundEmail, Outcome
from tests.house import SUPPORT, House
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld


class Feeder:
    """Puts mails into our mailbox, and writes down each one before."""

    def __init__(self, file: Path, dovecot: Dovecot) -> None:
        self.file = file
        self.dovecot = dovecot

    def feed(self, mail: EmailMessage) -> None:
        with self.file.open("a") as ledger:
            ledger.write(f"{mail['Message-ID']}\n")
            ledger.flush()
            os.fsync(ledger.fileno())
        self.dovecot.deliver(SUPPORT, mail.as_bytes(), sender=mail["From"].addresses[0].addr_spec)

    def fed(self) -> list[str]:
        """The Message-IDs of all mails that were put in, oldest first."""
        return self.file.read_text().split() if self.file.exists() else []


@dataclass(frozen=True)
class Figures:
    """What the checker counted. Lost and doubled must be 0; repeated counts what SMTP's one open window allows."""

    fed: int
    lost: int
    doubled: int
    unsent: int
    repeated: int

    def __str__(self) -> str:
        return (
            f"fed {self.fed}, lost {self.lost}, doubled {self.doubled}, unsent {self.unsent}, "
            f"repeated under the same Message-ID {self.repeated}"
        )


def check(house: House, fed: list[str], outside: OutsideWorld) -> Figures:
    """Compare the ledgers with the database, after quiet."""
    accepted = Counter(one.message_id for one in outside.ledger())
    with house.inside():
        decided = Counter(
            db.session.scalars(
                select(InboundEmail.message_id).where(
                    InboundEmail.outcome.is_not(None), InboundEmail.outcome != Outcome.DUPLICATE
                )
            )
        )
        outbound = set(
            db.session.scalars(
                select(OutboundEmail.message_id).where(OutboundEmail.status.not_in([Delivery.REJECTED, Delivery.HELD]))
            )
        )
        sent = set(db.session.scalars(select(OutboundEmail.message_id).where(OutboundEmail.sent_at.is_not(None))))
        stuck = db.session.scalar(select(func.count()).where(InboundEmail.outcome.is_(None))) or 0
    return Figures(
        fed=len(fed),
        lost=sum(decided[id] == 0 for id in fed) + stuck,
        doubled=sum(decided[id] > 1 for id in fed) + len(accepted.keys() - outbound - sent),
        unsent=len(outbound - accepted.keys()),
        repeated=sum(count - 1 for count in accepted.values()),
    )
