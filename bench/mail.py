"""Mail through the whole pipeline, beside its slowest parts alone."""

import itertools
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from app.extensions import db
from app.mail.deciding.batches import decide_mailbox
from app.mail.intake.taking import take_in_directly
from app.mail.models import RawEmail
from app.mail.reading.parsing import parse
from app.mail.sending.delivery import send
from app.mail.sending.outbox import due_outbound
from app.transaction import reading, transaction
from bench.measuring import Figure, compare
from bench.place import casey
from tests.servers.outside import OutsideWorld

MAILS = 40
_numbers = itertools.count()


def letter() -> bytes:
    """A mail from somebody new."""
    number = next(_numbers)
    mail = EmailMessage()
    mail["From"], mail["To"] = f"customer{number}@world.test", "support@casey.test"
    mail["Subject"], mail["Message-ID"] = "Help", f"<bench-{number}@world.test>"
    mail.set_content("It burns!\n" * 40)
    return mail.as_bytes()


def figures(database_url: str | None) -> Iterator[Figure]:
    """Intake and sending."""
    with TemporaryDirectory() as directory, OutsideWorld(Path(directory)) as world:
        settings = {
            "CASEY_MAIL_ADDRESS": "support@casey.test",
            "CASEY_SMTP_ADAPTER": "smtp",
            "CASEY_SMTP_SERVER": world.host,
            "CASEY_SMTP_PORT": str(world.port),
            "CASEY_SMTP_ENCRYPTION": "none",
        }
        with casey(database_url, **settings) as (app, _), app.app_context():
            yield compare("mail in: stored and decided", take_in, "parsed, and stored with a commit", store)
            alone = "SMTP alone, one connection"
            yield compare("mail out: composed and sent", send_all, alone, lambda: smtp(world), prepare=queue)


def take_in() -> int:
    """The pipeline from raw bytes to a case with its invitations."""
    with transaction():
        taken = [take_in_directly("bench", letter()) for _ in range(MAILS)]
        mailbox_id = taken[0].mailbox_id
    while decide_mailbox(mailbox_id):
        pass
    return MAILS


def store() -> int:
    """What no pipeline can do without: read each mail, and commit each."""
    for _ in range(MAILS):
        raw = letter()
        parse(raw)
        with transaction():
            db.session.execute(sa.insert(RawEmail).values(sha256=f"bench {next(_numbers)}", content=raw))
    return MAILS


def queue() -> None:
    """Leave mails to be sent."""
    send_all()  # what earlier measurements have left
    take_in()


def send_all() -> int:
    """Send what waits to be sent."""
    with reading():
        due = due_outbound(MAILS)
    return sum(send(id) for id in due)


def smtp(world: OutsideWorld) -> int:
    """The same number of mails, already composed, over one connection."""
    with smtplib.SMTP(world.host, world.port) as server:
        for _ in range(MAILS):
            server.sendmail("support@casey.test", ["customer@world.test"], letter())
    return MAILS
