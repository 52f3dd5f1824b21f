"""Hearing from the server that mail has arrived (RFC 2177).

This only wakes the sync, which looks for itself, and which comes round by the clock anyway. No database connection is
held while a server is listened to.
"""

import logging
import threading
import time
from collections.abc import Iterable
from contextlib import ExitStack

from flask import Flask
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError

from app.config import settings
from app.mail.intake import imap, session
from app.mail.intake.accounts import Account, accounts, healthy
from app.queue import ring
from app.transaction import reading

ROUND = 9 * 60.0  # servers hang up after 30 minutes of silence, and routers forget a silent connection sooner
GLANCE = 0.5  # how soon we notice that we are to stop
FOLLOW = 5.0
SETTLED = 60.0
LONGEST_PAUSE = 600.0
RING_SECONDS = 300

log = logging.getLogger(__name__)


class Listener(threading.Thread):
    """Listens at one mailbox until told to leave, and comes back after trouble of any kind, later each time."""

    def __init__(self, app: Flask, account: Account) -> None:
        super().__init__(name=f"idle {account.mailbox_id}", daemon=True)
        self.app, self.account = app, account
        self.told_to_leave = threading.Event()

    def run(self) -> None:
        failures = 0
        while not self.told_to_leave.wait(min(2.0**failures - 1, LONGEST_PAUSE)):
            began = time.monotonic()
            try:
                self._listen()
            except session.TROUBLE as error:
                log.info("listening was cut mailbox=%s error=%s", self.account.mailbox_id, type(error).__name__)
            except Exception:
                # A thread that died of it would be replaced within seconds, again and again.
                log.exception("listening failed mailbox=%s", self.account.mailbox_id)
            failures = 1 if time.monotonic() - began > SETTLED else min(failures + 1, 10)

    def _listen(self) -> None:
        with ExitStack() as stack:
            with self.app.app_context():
                client = stack.enter_context(session.signed_in(self.account))
            imap.open_folder(client, imap.INBOX)
            if not client.has_capability("IDLE"):
                self.told_to_leave.wait(LONGEST_PAUSE)
                return
            log.info("listening mailbox=%s", self.account.mailbox_id)
            arrived = True  # what came while nobody listened
            while not self.told_to_leave.is_set():
                arrived = self._hear(client, ringing=arrived)
            client.shutdown()  # without a good-bye, for which a silent server would keep us waiting

    def _hear(self, client: IMAPClient, *, ringing: bool) -> bool:
        """One round. Says whether mail has arrived. Raises one of TROUBLE when the connection has died meanwhile.

        The bell is rung when the server knows that we listen, so that no mail falls between two rounds.
        """
        client.idle()
        if ringing:
            self._ring()
        heard = self._wait(client)
        if any(one[0] == b"BYE" for one in heard):
            raise IMAPClientAbortError("the server said BYE")
        heard += client.idle_done()[1]
        heard += client.noop()[1]  # a dead connection can look like a silent one for ever
        return any(len(one) > 1 and one[1] == b"EXISTS" for one in heard)

    def _wait(self, client: IMAPClient) -> list[tuple[object, ...]]:
        """What the server says; nothing at the end of the round, or when the connection has come to its end."""
        until = time.monotonic() + ROUND
        while not self.told_to_leave.is_set() and time.monotonic() < until:
            began = time.monotonic()
            heard: list[tuple[object, ...]] = client.idle_check(timeout=GLANCE)
            if heard or time.monotonic() - began < GLANCE / 2:
                return heard
        return []

    def _ring(self) -> None:
        with self.app.app_context():
            ring("mail.sync_mailbox", self.account.mailbox_id, ttl=RING_SECONDS)


class Watch:
    """A listener for each mailbox that can be read, and none for the others."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.listeners: dict[int, Listener] = {}
        self._next_look = 0.0

    def follow(self) -> None:
        """Send listeners to new mailboxes and call them back from former ones; looks every few seconds only."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + FOLLOW
        with reading():
            wanted = {one.mailbox_id: one for one in healthy(accounts())} if settings().imap_idle else {}
        self._call_back(
            one
            for one in self.listeners.values()
            if wanted.get(one.account.mailbox_id) != one.account or not one.is_alive()
        )
        for mailbox_id in wanted.keys() - self.listeners.keys():
            self.listeners[mailbox_id] = Listener(self.app, wanted[mailbox_id])
            self.listeners[mailbox_id].start()

    def stop(self) -> None:
        """Call all listeners back, and wait a moment for them."""
        leaving = list(self.listeners.values())
        self._call_back(leaving)
        for listener in leaving:
            listener.join(2 * GLANCE)

    def _call_back(self, leaving: Iterable[Listener]) -> None:
        for listener in list(leaving):
            listener.told_to_leave.set()
            del self.listeners[listener.account.mailbox_id]
