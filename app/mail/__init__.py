"""Mail. Inbound: imap, intake, parsing, screening, threading, authority, deciding.
Outbound: outbox, composing, masking, delivery, smtp. And the sandbox in place of servers."""

from app.mail import models

__all__ = ["models"]
