"""The servers our tests stand on keep their promises."""

import smtplib
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from tests.servers.dovecot import Dovecot
from tests.servers.misbehaviour import Moment
from tests.servers.needs import need
from tests.servers.outside import OutsideWorld
from tests.servers.ports import free_port, wait_until
from tests.servers.postgres import Postgres
from tests.servers.valkey import Valkey

UNA, BEN = "una@customer.test", "ben@team.test"
MAIL = b"From: a@b.test\r\nMessage-ID: <1@b.test>\r\nSubject: Gr\xc3\xbc\xc3\x9fe\r\n\r\n.dot\r\n"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[OutsideWorld]:
    with OutsideWorld(tmp_path) as world:
        yield world


def test_no_port_is_given_twice() -> None:
    assert len({free_port() for _ in range(100)}) == 100


def test_waiting_in_vain_says_for_what() -> None:
    with pytest.raises(TimeoutError, match=r"^Waited 0.01 seconds in vain for rain\.$"):
        wait_until(lambda: False, 0.01, "rain")


@pytest.mark.parametrize("end", [Valkey.stop, Valkey.kill])
def test_valkey_keeps_what_was_appended(tmp_path: Path, end: Callable[[Valkey], None]) -> None:
    with Valkey(tmp_path, append_only=True) as valkey, Redis.from_url(valkey.url) as client:
        client.set("case", "664-245651")
        end(valkey)
        valkey.start()
        assert client.get("case") == b"664-245651"


def test_valkey_forgets_what_is_flushed(tmp_path: Path) -> None:
    with Valkey(tmp_path) as valkey, Redis.from_url(valkey.url) as client:
        client.set("case", "664-245651")
        valkey.flush()
        assert client.get("case") is None


def _rows(url: str) -> list[tuple[str]]:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute("SELECT lower(name) FROM people").fetchall()


@pytest.fixture
def template(postgres: Postgres) -> Iterator[str]:
    url = postgres.create_database("servers_template")
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE people AS SELECT 'ÜNA' AS name")
    yield "servers_template"
    postgres.drop_database("servers_template")


def test_postgres_clones_a_template_quickly(postgres: Postgres, template: str) -> None:
    began = time.monotonic()
    url = postgres.create_database("servers_clone", template=template)
    assert time.monotonic() - began < 1
    assert _rows(url) == [("üna",)]
    postgres.drop_database("servers_clone")


def test_dropping_a_database_cuts_its_sessions(postgres: Postgres) -> None:
    url = postgres.create_database("servers_busy")
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        postgres.drop_database("servers_busy")
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_postgres_keeps_its_rows_over_a_restart_and_a_crash(postgres: Postgres, template: str) -> None:
    if not postgres.is_ours:
        pytest.skip("The server is not ours to restart.")
    postgres.restart()
    postgres.kill()
    postgres.start()
    assert _rows(postgres.url_of(template)) == [("üna",)]


def test_a_delivered_mail_can_be_read(dovecot: Dovecot) -> None:
    dovecot.deliver("Ben+token@team.test", MAIL)
    [raw] = dovecot.messages(BEN)
    assert raw.endswith(MAIL)


def test_dovecot_keeps_mails_while_it_is_stopped(dovecot: Dovecot) -> None:
    dovecot.deliver("amy@team.test", MAIL)
    dovecot.stop()
    dovecot.start()
    assert len(dovecot.messages("amy@team.test")) == 1


def test_a_kicked_session_is_gone(dovecot: Dovecot) -> None:
    imap = dovecot.login("olga@team.test")
    dovecot.kick("olga@team.test")
    with pytest.raises(imap.AbortError):
        imap.noop()
    imap.shutdown()


@pytest.mark.parametrize("folder", ["INBOX", "Processed"])
def test_uidvalidity_changes_and_the_mails_stay(dovecot: Dovecot, folder: str) -> None:
    user = f"{folder}@team.test"
    dovecot.deliver(user, MAIL)
    before = dovecot.uidvalidity(user, folder)
    dovecot.change_uidvalidity(user)
    assert dovecot.uidvalidity(user, folder) != before
    assert len(dovecot.messages(user)) == 1


def _send(world: OutsideWorld, *recipients: str, patience: float = 10) -> dict[str, tuple[int, bytes]]:
    """The refused recipients, each with the answer."""
    with smtplib.SMTP(world.host, world.port, timeout=patience) as smtp:
        return smtp.sendmail("support@casey.test", recipients or [UNA], MAIL)


def test_an_accepted_mail_is_in_the_inbox_and_in_the_ledger(outside: OutsideWorld) -> None:
    _send(outside, UNA, BEN)
    [mail] = outside.inbox(UNA)
    assert mail["Subject"] == "Grüße"
    [accepted] = outside.ledger()
    assert (accepted.mail_from, accepted.rcpt_tos) == ("support@casey.test", (UNA, BEN))
    assert (accepted.message_id, accepted.raw) == ("<1@b.test>", MAIL)


def test_a_bounce_has_no_sender(outside: OutsideWorld) -> None:
    with smtplib.SMTP(outside.host, outside.port) as smtp:
        smtp.sendmail("", UNA, MAIL)
    assert outside.ledger()[0].mail_from == ""


def test_waiting_for_mail_that_does_not_come(outside: OutsideWorld) -> None:
    with pytest.raises(TimeoutError, match=f"for 1 mails to {UNA}"):
        outside.wait_for(UNA, timeout=0.01)


def test_one_recipient_is_refused_and_the_other_gets_it(outside: OutsideWorld) -> None:
    outside.misbehaviour.refuse(UNA, text="550 5.1.1 Who is that?")
    assert _send(outside, UNA, BEN) == {UNA: (550, b"5.1.1 Who is that?")}
    assert (len(outside.inbox(UNA)), len(outside.inbox(BEN))) == (0, 1)


def test_only_the_next_mail_is_deferred(outside: OutsideWorld) -> None:
    outside.misbehaviour.defer(times=1, at=Moment.DOT)
    with pytest.raises(smtplib.SMTPDataError, match="451"):
        _send(outside)
    _send(outside)
    assert len(outside.ledger()) == 1


@pytest.mark.parametrize(
    ("moment", "recorded"),
    [(Moment.CONNECT, 0), (Moment.RCPT, 0), (Moment.DATA, 0), (Moment.DOT, 0), (Moment.RECORDED, 1)],
)
def test_hanging_up(outside: OutsideWorld, moment: Moment, recorded: int) -> None:
    outside.misbehaviour.hang_up(at=moment, times=1)
    with pytest.raises((smtplib.SMTPServerDisconnected, ConnectionResetError)):
        _send(outside)
    assert len(outside.ledger()) == recorded
    _send(outside)
    assert len(outside.ledger()) == recorded + 1


@pytest.mark.parametrize(("moment", "recorded"), [(Moment.CONNECT, 0), (Moment.DOT, 0), (Moment.RECORDED, 1)])
def test_stalling_longer_than_the_client_waits(outside: OutsideWorld, moment: Moment, recorded: int) -> None:
    outside.misbehaviour.stall(60, at=moment)
    with pytest.raises(smtplib.SMTPServerDisconnected, match="timed out"):
        _send(outside, patience=0.2)
    assert len(outside.ledger()) == recorded


def test_after_a_short_stall_all_is_well(outside: OutsideWorld) -> None:
    outside.misbehaviour.stall(0.01, UNA, at=Moment.DOT)
    _send(outside)
    assert len(outside.inbox(UNA)) == 1


def test_being_turned_away(outside: OutsideWorld) -> None:
    outside.misbehaviour.turn_away(times=1)
    with pytest.raises(smtplib.SMTPConnectError, match="421"):
        _send(outside)
    _send(outside)


def test_a_421_in_the_middle_closes_the_connection(outside: OutsideWorld) -> None:
    outside.misbehaviour.defer(text="421 4.3.2 Going down", at=Moment.DATA, times=1)
    with smtplib.SMTP(outside.host, outside.port) as smtp:
        with pytest.raises(smtplib.SMTPDataError, match="421"):
            smtp.sendmail("support@casey.test", UNA, MAIL)
        with pytest.raises(smtplib.SMTPServerDisconnected):
            smtp.noop()


def test_misbehaviour_ends(outside: OutsideWorld) -> None:
    outside.misbehaviour.refuse()
    outside.misbehaviour.end()
    assert _send(outside) == {}


def test_the_world_comes_back_on_the_same_port(outside: OutsideWorld) -> None:
    _send(outside)
    outside.stop()
    with pytest.raises(ConnectionRefusedError):
        _send(outside)
    outside.start()
    _send(outside)
    assert len(outside.ledger()) == len(outside.inbox(UNA)) == 2


def test_starttls_and_login(tmp_path: Path) -> None:
    with OutsideWorld(tmp_path, tls="starttls", login=("casey", "password")) as world:
        assert world.certificate is not None
        with smtplib.SMTP("localhost", world.port) as smtp:
            smtp.starttls(context=world.certificate.for_client())
            smtp.login("casey", "password")
            smtp.sendmail("support@casey.test", UNA, MAIL)
        assert len(world.inbox(UNA)) == 1


def test_implicit_tls_and_no_login(tmp_path: Path) -> None:
    with OutsideWorld(tmp_path, tls="implicit", login=("casey", "secret")) as world:
        assert world.certificate is not None
        with smtplib.SMTP_SSL("127.0.0.1", world.port, context=world.certificate.for_client()) as smtp:
            with pytest.raises(smtplib.SMTPSenderRefused, match="530"):
                smtp.sendmail("support@casey.test", UNA, MAIL)
            with pytest.raises(smtplib.SMTPAuthenticationError):
                smtp.login("casey", "wrong")


def test_a_stranger_does_not_trust_the_certificate(tmp_path: Path) -> None:
    with OutsideWorld(tmp_path, tls="starttls") as world, smtplib.SMTP("localhost", world.port) as smtp:
        with pytest.raises(ssl.SSLCertVerificationError):
            smtp.starttls(context=ssl.create_default_context())
        smtp.close()


def test_mail_goes_on_to_dovecot_which_may_be_down_meanwhile(tmp_path: Path, dovecot: Dovecot) -> None:
    with OutsideWorld(tmp_path, dovecot=dovecot) as world:
        dovecot.stop()
        _send(world, UNA)
        dovecot.start()
        world.wait_until_delivered()
        assert len(dovecot.messages(UNA)) == 1
