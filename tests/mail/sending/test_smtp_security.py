"""Encryption and signing in: nothing leaves in the clear, or to a server that cannot prove who it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.mail.models import Delivery, OutboundEmail
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker
from tests.letters import SUPPORT
from tests.mail.rows import outbound_to
from tests.servers.outside import OutsideWorld

settings = pytest.mark.settings
LOGIN = ("casey", "opensesame")


def where(**options: object) -> pytest.MarkDecorator:
    """The kind of server the test talks to."""
    return pytest.mark.parametrize("world", [options], indirect=True, ids=["world"])


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OutsideWorld]:
    with OutsideWorld(tmp_path, **request.param) as running:
        yield running


@pytest.fixture
def environ(environ: dict[str, str], world: OutsideWorld) -> dict[str, str]:
    return environ | {
        "CASEY_MAIL_ADDRESS": SUPPORT,
        "CASEY_SMTP_ADAPTER": "smtp",
        "CASEY_SMTP_SERVER": world.host,
        "CASEY_SMTP_PORT": str(world.port),
    }


@pytest.fixture
def trusted(world: OutsideWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator has told the system to trust the server's certificate."""
    assert world.certificate is not None
    monkeypatch.setenv("SSL_CERT_FILE", str(world.certificate.path))


def sent(app: Flask, api: Api, work: Worker) -> OutboundEmail:
    """What became of a mail to una."""
    api.opened(UNA)
    work()
    [found] = outbound_to(app, UNA)
    return found


@where(tls="starttls")
def test_starttls_is_the_default(app: Flask, api: Api, work: Worker, world: OutsideWorld, trusted: None) -> None:
    assert sent(app, api, work).status is Delivery.SENT
    assert len(world.inbox(UNA)) == 1


@where(tls="implicit")
@settings(CASEY_SMTP_ENCRYPTION="tls")
def test_tls_from_the_first_byte(app: Flask, api: Api, work: Worker, world: OutsideWorld, trusted: None) -> None:
    assert sent(app, api, work).status is Delivery.SENT
    assert len(world.inbox(UNA)) == 1


@pytest.mark.parametrize(
    ("world", "encryption"),
    [({"tls": "starttls"}, "starttls"), ({"tls": "implicit"}, "tls"), ({"tls": "starttls"}, "tls")],
    indirect=["world"],
)
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, encryption: str
) -> None:
    assert api.post("/config", {"smtpEncryption": encryption}).status_code == 200
    assert sent(app, api, work).status is Delivery.QUEUED
    assert world.ledger() == []


@where(tls="implicit")
@settings(CASEY_SMTP_ENCRYPTION="tls")
def test_the_reason_names_the_certificate(app: Flask, api: Api, work: Worker) -> None:
    assert str(sent(app, api, work).answer).startswith("The certificate of the server is not valid")


@where(tls="implicit")
@settings(CASEY_SMTP_ENCRYPTION="tls", CASEY_SMTP_SERVER="localhost.localdomain")
def test_a_certificate_for_another_name_is_not_taken(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, trusted: None
) -> None:
    assert sent(app, api, work).status is Delivery.QUEUED
    assert world.ledger() == []


@where()
def test_nothing_leaves_in_the_clear_when_starttls_was_asked_for(
    app: Flask, api: Api, work: Worker, world: OutsideWorld
) -> None:
    mail = sent(app, api, work)
    assert (mail.status, "STARTTLS" in str(mail.answer)) == (Delivery.QUEUED, True)
    assert world.ledger() == []


@where(login=LOGIN)
@settings(CASEY_SMTP_ENCRYPTION="none", CASEY_SMTP_USERNAME=LOGIN[0], CASEY_SMTP_PASSWORD=LOGIN[1])
def test_signing_in(app: Flask, api: Api, work: Worker) -> None:
    assert sent(app, api, work).status is Delivery.SENT


@where(login=LOGIN, tls="starttls")
@settings(CASEY_SMTP_USERNAME=LOGIN[0], CASEY_SMTP_PASSWORD=LOGIN[1])
def test_signing_in_under_starttls(app: Flask, api: Api, work: Worker, trusted: None) -> None:
    assert sent(app, api, work).status is Delivery.SENT


@where(login=LOGIN, tls="starttls")
@settings(CASEY_SMTP_USERNAME=LOGIN[0], CASEY_SMTP_PASSWORD="wrong password")
def test_a_refused_sign_in_is_our_mistake_and_not_the_mails(
    app: Flask, api: Api, work: Worker, world: OutsideWorld, trusted: None
) -> None:
    mail = sent(app, api, work)
    assert (mail.status, str(mail.answer)[:3]) == (Delivery.QUEUED, "535")
    assert "wrong password" not in str(mail.answer)
    assert world.ledger() == []


@where(login=LOGIN)
@settings(CASEY_SMTP_ENCRYPTION="none")
def test_a_server_that_wants_us_to_sign_in_refuses_no_mail(app: Flask, api: Api, work: Worker) -> None:
    mail = sent(app, api, work)
    assert (mail.status, mail.answer) == (Delivery.QUEUED, "530 5.7.0 Authentication required")
