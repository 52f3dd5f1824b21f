"""Jobs of the mail: ids in, small idempotent units of work."""

import time

from app.cases.link_requests import unanswered_requests
from app.config import settings
from app.mail import renewing
from app.mail.deciding import batches
from app.mail.intake import syncing
from app.mail.sending import signing_in
from app.mail.sending.delivering import delivery
from app.mail.sending.outbox import due_outbound
from app.people.signing_in import unanswered
from app.queue import bell, ring
from app.transaction import reading, transaction

SWEEP_BATCH = 100
SWEEP_SECONDS = 60.0
SHORTEST_RING = 30


def send_outbound(outbound_id: int) -> None:
    """Send one mail."""
    delivery.send(outbound_id)


def decide_mailbox(mailbox_id: int) -> None:
    """Decide about the mails of one mailbox until none waits; what takes too long is left to the sweep."""
    _decide(mailbox_id, time.monotonic() + SWEEP_SECONDS)


def _decide(mailbox_id: int, until: float) -> None:
    while time.monotonic() < until and batches.decide_mailbox(mailbox_id):
        pass


def answer_link_request(request_id: int) -> None:
    """Mail a new link to whoever asked for one, if he is in the case."""
    with transaction():
        renewing.answer_link_request(request_id)


def sweep_link_requests() -> None:
    """Answer the requests whose ring was lost."""
    with reading():
        waiting = unanswered_requests(SWEEP_BATCH)
    for request_id in waiting:
        answer_link_request(request_id)


def sync_mailboxes() -> None:
    """Have every mailbox looked into, each by a job of its own, so that one in trouble keeps no other waiting."""
    for mailbox_id in syncing.mailboxes_to_read():
        if bell():
            ring("mail.sync_mailbox", mailbox_id, ttl=max(settings().mail_sync_timer, SHORTEST_RING))
        else:
            sync_mailbox(mailbox_id)


def sync_mailbox(mailbox_id: int) -> None:
    """Take in what has arrived in one mailbox."""
    syncing.sync_mailbox(mailbox_id)


def sweep_outbox() -> None:
    """Send the mails whose ring was lost, whose pause is over, or whose worker died."""
    until = time.monotonic() + SWEEP_SECONDS
    with reading():
        due = due_outbound(SWEEP_BATCH)
    for outbound_id in due:
        if time.monotonic() > until:
            break
        delivery.send(outbound_id)


def sweep_inbound() -> None:
    """Decide about the mails whose ring was lost or whose pause is over."""
    with reading():
        waiting = batches.waiting_mailboxes()
    until = time.monotonic() + SWEEP_SECONDS
    for mailbox_id in waiting:
        _decide(mailbox_id, until)


def answer_sign_in(sign_in_id: int) -> None:
    """Mail a link to whoever asked to sign in, if he is one of us."""
    with transaction():
        signing_in.answer_sign_in(sign_in_id)


def sweep_sign_ins() -> None:
    """Answer those whose ring was lost."""
    with reading():
        waiting = unanswered(SWEEP_BATCH)
    for sign_in_id in waiting:
        answer_sign_in(sign_in_id)
