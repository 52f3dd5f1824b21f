"""Mail. Inbound: syncing, imap, fetching, reconciling, journal, intake, deciding, reading_room, reader,
parsing, outcomes, screening, threading, authority.
Outbound: outbox, composing, masking, delivery, smtp. And the sandbox in place of servers."""

from app.mail import models

__all__ = ["models"]
