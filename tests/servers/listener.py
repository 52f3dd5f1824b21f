"""Runs SMTP conversations in a thread of their own."""

import asyncio
import socket
from contextlib import suppress
from threading import Thread
from typing import Literal
from weakref import WeakSet

from tests.servers.certificate import Certificate
from tests.servers.conversation import Conversation, Rebuff, Reception
from tests.servers.misbehaviour import Moment
from tests.servers.ports import LOOPBACK

Tls = Literal["starttls", "implicit"]


class Listener:
    """One event loop, from start to stop. It leaves no socket behind, not even one in the middle of a handshake.

    Hence it accepts connections itself: an asyncio.Server does not tell which sockets it opened, and aiosmtpd's
    controller would also connect to itself at the start, which uses up an order for CONNECT.
    """

    def __init__(self, port: int, reception: Reception, tls: Tls | None, certificate: Certificate | None) -> None:
        self._reception = reception
        self._implicit = certificate.for_server() if certificate and tls == "implicit" else None
        self._starttls = certificate.for_server() if certificate and tls == "starttls" else None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="outside world", daemon=True)
        self._door = socket.create_server((LOOPBACK, port))
        self._clients: WeakSet[socket.socket] = WeakSet()
        self._connecting: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._door.setblocking(False)
        self._loop.add_reader(self._door, self._welcome)
        self._thread.start()

    def stop(self) -> None:
        """Hang up on everybody."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _welcome(self) -> None:
        client, _ = self._door.accept()
        client.setblocking(False)
        self._clients.add(client)
        connecting = self._loop.create_task(self._connect(client))
        self._connecting.add(connecting)
        connecting.add_done_callback(self._connecting.discard)

    async def _connect(self, client: socket.socket) -> None:
        # A client may break off the handshake.
        with suppress(OSError):
            await self._loop.connect_accepted_socket(self._answer, client, ssl=self._implicit)

    async def _close(self) -> None:
        self._loop.remove_reader(self._door)
        self._door.close()
        for client in self._clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
        while len(asyncio.all_tasks()) > 1 or any(client.fileno() != -1 for client in self._clients):
            await asyncio.sleep(0)

    def _answer(self) -> Conversation | Rebuff:
        act = self._reception.misbehaviour.due(Moment.CONNECT)
        return Rebuff(act) if act else self._converse()

    def _converse(self) -> Conversation:
        return Conversation(
            self._reception,
            hostname="outside.test",
            loop=self._loop,
            enable_SMTPUTF8=True,
            tls_context=self._starttls,
            auth_require_tls=self._starttls is not None or self._reception.login is None,
            authenticator=self._reception.authenticate,
        )
