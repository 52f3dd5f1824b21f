"""The mails that the measurements are made with, and the servers they go through."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.house import SUPPORT, mail_settings
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

_numbers = itertools.count()


def letter() -> bytes:
    """A mail from somebody new, of a usual length, with the answered mail below."""
    number = next(_numbers)
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = f"customer{number}@world.test", SUPPORT
    mail["Subject"], mail["Message-ID"] = "Help", f"<bench-{number}@world.test>"
    mail.set_content("It burns!\n" * 40 + "\nOn Monday, the shop wrote:\n" + "> Please tell us more.\n" * 20)
    mail.add_alternative("<p>It burns!</p>" * 40 + "<blockquote type=cite>Please tell us more.</blockquote>", "html")
    return mail.as_bytes()


@contextmanager
def servers() -> Iterator[tuple[Dovecot, OutsideWorld, dict[str, str]]]:
    """A mailbox, a world to send to, and the settings of a Casey between them."""
    with TemporaryDirectory() as directory, Dovecot() as dovecot, OutsideWorld(Path(directory)) as world:
        yield dovecot, world, {**mail_settings(world, dovecot), "CASEY_MAIL_SEND_TIMEOUT": "45s"}
