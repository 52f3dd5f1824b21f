"""A server that cannot be spoken to is left alone for a moment, and no mail pays for it."""

import socket
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from app.clock import now
from app.mail.models import Delivery
from app.mail.sending.delivering import delivery
from app.mail.sending.delivering.outcomes import Refused, Sent, TryLater
from app.mail.sending.delivering.settling import settle
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.mail.rows import outbound_to
from tests.servers.ports import free_port


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """Sends to a server that is not there."""
    smtp = {
        "SMTP_ADAPTER": "smtp",
        "SMTP_SERVER": "127.0.0.1",
        "SMTP_PORT": str(free_port()),
        "SMTP_ENCRYPTION": "none",
    }
    named = {f"CASEY_{name}": value for name, value in smtp.items()}
    return {**environ, **named, "CASEY_MAIL_ADDRESS": "support@casey.test", "CASEY_MAIL_SEND_TIMEOUT": "1s"}


def health(api: Api) -> object:
    return api.client.get("/health/ready").json["sending"]


def test_one_try_stands_for_all_mails_that_wait(app: Flask, api: Api, work: Worker) -> None:
    for number in range(5):
        api.opened(f"customer{number}@world.test")
    work()
    states = [(one.status, one.attempts) for n in range(5) for one in outbound_to(app, f"customer{n}@world.test")]
    assert states == [(Delivery.QUEUED, 0)] * 5
    assert health(api) == "in trouble"
    with app.app_context():
        assert not delivery.send(1)
    with time_machine.travel(now() + timedelta(minutes=1)), app.app_context():
        assert delivery.send(1)


@pytest.mark.settings(CASEY_SMTP_ADAPTER="sandbox")
def test_a_claim_that_ran_out_has_nothing_to_say_any_more(app: Flask, api: Api) -> None:
    api.opened(UNA)
    with app.app_context():
        with transaction():
            late = delivery.claim_mail(1)
        assert late is not None
        with time_machine.travel(now() + timedelta(minutes=2)):
            assert delivery.send(1)
            with transaction():
                settle(late, TryLater("451 too late"))
                settle(late, Refused("550 too late"))
        [mail] = outbound_to(app, UNA)
        assert mail.status is Delivery.SENT
        with transaction():
            settle(late, Sent("250 taken all the same"))
        assert outbound_to(app, UNA)[0].answer == "250 taken all the same"


def test_a_server_that_dribbles_its_words_is_given_up_in_time(app: Flask, api: Api, environ: dict[str, str]) -> None:
    api.opened(UNA)
    with socket.create_server(("127.0.0.1", int(environ["CASEY_SMTP_PORT"]))) as server:
        over = threading.Event()

        def dribble() -> None:
            client, _ = server.accept()
            with client:
                while not over.wait(0.1):
                    client.sendall(b"2")

        slow = threading.Thread(target=dribble, daemon=True)
        slow.start()
        began = time.monotonic()
        with app.app_context():
            assert delivery.send(1)
        assert time.monotonic() - began < 3
        over.set()
        slow.join()
    assert outbound_to(app, UNA)[0].status is Delivery.QUEUED
