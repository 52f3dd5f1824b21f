"""Mails as people outside write them."""

import itertools
from email.message import EmailMessage
from email.policy import SMTP

SUPPORT = "support@casey.test"
_numbers = itertools.count(1)


def letter(sender: str, subject: str, text: str, *, to: str = SUPPORT, **headers: str) -> EmailMessage:
    """A plain mail. Further headers are named with underscores for dashes, or as they are."""
    mail = EmailMessage(policy=SMTP.clone(max_line_length=998))
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Message-ID"] = f"<letter-{next(_numbers)}@{sender.rpartition('@')[2].rstrip('>')}>"
    mail.set_content(text)
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = " ".join(value.split())
    return mail
