"""Several mailboxes: each is read by itself, and one in trouble is nobody else's."""

import threading
import time
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from imapclient import IMAPClient

from app.extensions import db
from app.jobs import mail
from app.mail.intake import imap, syncing
from app.mail.intake.accounts import MailboxAccount, accounts
from app.mail.intake.further_mailboxes import change_mailbox
from app.mail.models import Mailbox
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker, on_both
from tests.house import SUPPORT as HOUSE_SUPPORT
from tests.house import House
from tests.letters import SUPPORT, letter
from tests.mail.mailbox import imap_settings, our_mailbox, sync
from tests.mail.rows import cases, inbound
from tests.real import dovecot, house, outside, valkey
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.proxy import Proxy

__all__ = ["dovecot", "house", "outside", "valkey"]

SALES = "sales@casey.test"


@pytest.fixture
def environ(environ: dict[str, str], dovecot: Dovecot) -> dict[str, str]:
    return environ | imap_settings(dovecot) | {"CASEY_MAIL_ALIASES": f"{SALES},info@casey.test"}


def account(port: int, **more: object) -> dict[str, Any]:
    """What POST /mailboxes takes."""
    place = {"address": SALES, "server": "127.0.0.1", "port": port, "encryption": "none", "password": PASSWORD}
    return place | more


def test_mail_to_each_mailbox_opens_cases(app: Flask, api: Api, cast: Cast, dovecot: Dovecot, work: Worker) -> None:
    assert api.post("/mailboxes", account(dovecot.imap_port)).status_code == 201
    dovecot.deliver(SUPPORT, letter(UNA, "To support", "Hi").as_bytes())
    dovecot.deliver(SALES, letter(UNA, "To sales", "Hi", to=SALES).as_bytes())
    assert sync(app) == 2
    work()
    assert sorted(one.subject for one in cases(app)) == ["To sales", "To support"]
    assert len({row.mailbox_id for row in inbound(app)}) == 2
    shown = api.get("/mailboxes").json["items"]
    assert [(one["address"], one["state"], one["holes"], one["undecided"]) for one in shown] == [
        (SALES, "read", 0, 0),
        (SUPPORT, "read", 0, 0),
    ]


def test_a_mailbox_in_trouble_keeps_no_other_from_being_read(app: Flask, api: Api, dovecot: Dovecot) -> None:
    api.post("/mailboxes", account(dovecot.imap_port, password="not it"))
    dovecot.deliver(SUPPORT, letter(UNA, "To support", "Hi").as_bytes())
    assert sync(app) == 1
    [sales, support] = api.get("/mailboxes").json["items"]
    assert (sales["state"], support["state"]) == ("in_trouble", "read")
    assert "does not let us in" in sales["trouble"]
    assert our_mailbox(app).trouble is None
    health = app.test_client().get("/health/ready").json
    assert health
    assert health["mailboxes"] == "in trouble"


def test_while_one_server_is_silent_the_mail_of_another_is_taken_in(app: Flask, api: Api, dovecot: Dovecot) -> None:
    with Proxy(dovecot.imap_port) as line:
        line.silence()
        api.post("/mailboxes", account(line.port))
        with app.app_context():
            syncing.mailboxes_to_read()
            silent, ours = (one.mailbox_id for one in sorted(accounts(), key=lambda one: one.address))
        stuck = threading.Thread(target=_sync_one, args=(app, silent))
        stuck.start()
        dovecot.deliver(SUPPORT, letter(UNA, "To support", "Hi").as_bytes())
        began = time.monotonic()
        assert _sync_one(app, ours) == 1
        assert time.monotonic() - began < 5
        assert stuck.is_alive()
    stuck.join()


def _sync_one(app: Flask, mailbox_id: int) -> int:
    with app.app_context():
        return syncing.sync_mailbox(mailbox_id)


def test_two_workers_read_on_while_a_third_of_the_mailboxes_is_silent(house: House, dovecot: Dovecot) -> None:
    house.environ["CASEY_MAIL_ALIASES"] = SALES
    house.start("web", "worker")
    house.running["first worker"] = house.running.pop("worker")
    with Proxy(dovecot.imap_port) as line:
        line.silence()
        assert house.call("POST", "/mailboxes", account(line.port)).status == 201
        house.start("worker", "ticker")
        house.until(lambda: line.connections, "the silent mailbox to be tried")
        dovecot.deliver(HOUSE_SUPPORT, letter(UNA, "To support", "Hi", to=HOUSE_SUPPORT).as_bytes())
        began = time.monotonic()
        house.until(lambda: house.call("GET", "/cases").json["items"], "the case")
        assert time.monotonic() - began < 10
        [sales] = [one for one in house.call("GET", "/mailboxes").json["items"] if one["address"] == SALES]
        assert sales["synced_at"] is None


def test_a_mailbox_is_read_by_a_job_of_its_own(
    app: Flask, api: Api, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.post("/mailboxes", account(dovecot.imap_port))
    rung: list[tuple[str, int]] = []
    monkeypatch.setattr(mail, "bell", lambda: True)
    monkeypatch.setattr(mail, "ring", lambda job, id, ttl: rung.append((job, id)))
    with app.app_context():
        mail.sync_mailboxes()
    assert sorted(rung) == [("mail.sync_mailbox", 1), ("mail.sync_mailbox", 2)]


def test_a_paused_mailbox_is_left_alone_until_it_is_resumed(app: Flask, api: Api, dovecot: Dovecot) -> None:
    uuid = api.post("/mailboxes", account(dovecot.imap_port)).json["uuid"]
    dovecot.deliver(SALES, letter(UNA, "To sales", "Hi", to=SALES).as_bytes())
    assert api.patch(f"/mailboxes/{uuid}", {"paused": True}).json["state"] == "paused"
    assert sync(app) == 0
    assert api.patch(f"/mailboxes/{uuid}", {"paused": False}).json["state"] == "new"
    assert sync(app) == 1


def test_a_removed_mailbox_is_not_read_and_its_mails_stay_in_the_journal(
    app: Flask, api: Api, dovecot: Dovecot
) -> None:
    uuid = api.post("/mailboxes", account(dovecot.imap_port)).json["uuid"]
    dovecot.deliver(SALES, letter(UNA, "To sales", "Hi", to=SALES).as_bytes())
    assert sync(app) == 1
    assert api.delete(f"/mailboxes/{uuid}").status_code == 200
    assert api.get(f"/mailboxes/{uuid}").status_code == 404
    dovecot.deliver(SALES, letter(UNA, "Too late", "Hi", to=SALES).as_bytes())
    assert (sync(app), len(inbound(app))) == (0, 1)
    assert api.post("/mailboxes", account(dovecot.imap_port)).json["uuid"] == uuid
    assert (sync(app), len(inbound(app))) == (1, 2)


def test_trouble_that_is_mended_is_forgotten_at_once(app: Flask, api: Api, dovecot: Dovecot) -> None:
    uuid = api.post("/mailboxes", account(dovecot.imap_port, password="not it")).json["uuid"]
    dovecot.deliver(SALES, letter(UNA, "To sales", "Hi", to=SALES).as_bytes())
    assert sync(app) == 0
    assert api.patch(f"/mailboxes/{uuid}", {"password": PASSWORD}).json["state"] == "new"
    assert sync(app) == 1


def test_mail_from_an_address_of_ours_is_a_loop(
    app: Flask, api: Api, cast: Cast, dovecot: Dovecot, work: Worker
) -> None:
    dovecot.deliver(SUPPORT, letter("info@casey.test", "Round and round", "Hi").as_bytes())
    sync(app)
    work()
    [row] = inbound(app)
    assert (row.outcome, row.reason) == ("ignored", "loop")


def test_mail_that_arrives_during_a_look_is_taken_in_by_it(
    app: Flask, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = [letter(UNA, "Late", "Hi").as_bytes()]
    real = syncing._end

    def end(visit: Any) -> bool:
        for raw in late:
            dovecot.deliver(SUPPORT, raw)
        late.clear()
        return real(visit)

    monkeypatch.setattr(syncing, "_end", end)
    assert sync(app) == 1


@on_both
def test_a_mailbox_that_is_moved_while_it_is_read_begins_anew_at_its_new_place(
    app: Flask, api: Api, dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    uuid = api.post("/mailboxes", account(dovecot.imap_port)).json["uuid"]
    for owner in (SALES, "info@casey.test"):
        with dovecot.login(owner) as somebody:
            somebody.append("Processed", letter(UNA, f"Years ago at {owner}", "Hi").as_bytes())
    dovecot.deliver(SALES, letter(UNA, "To sales", "Hi", to=SALES).as_bytes())
    real = imap.content

    def moved_meanwhile(client: IMAPClient, uid: int) -> bytes | None:
        assert api.patch(f"/mailboxes/{uuid}", {"username": "info@casey.test"}).status_code == 200
        return real(client, uid)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(imap, "content", moved_meanwhile)
        assert sync(app) == 0
    assert inbound(app) == []
    with app.app_context():
        known = db.session.scalars(sa.select(Mailbox).where(Mailbox.name.startswith("info@"))).one()
        assert (known.processed_validity, known.processed_uid, known.synced_at) == (None, 0, None)
        assert (known.compared_at, known.trouble, known.lease_owner) == (None, None, None)
    assert (sync(app), inbound(app)) == (0, [])
    dovecot.deliver("info@casey.test", letter(UNA, "To info", "Hi", to="info@casey.test").as_bytes())
    assert (sync(app), len(inbound(app))) == (1, 1)


@on_both
def test_a_mailbox_that_is_moved_forgets_what_a_process_wrote_a_moment_before(app: Flask, api: Api) -> None:
    api.post("/mailboxes", account(1))
    with app.app_context():
        with transaction():
            row = db.session.scalars(sa.select(MailboxAccount)).one()
            assert row.mailbox.processed_validity is None
            written = sa.update(Mailbox).values(processed_validity=5, processed_uid=5, lease_owner="another:1")
            db.session.execute(written.execution_options(synchronize_session=False))
            change_mailbox(row, {"username": "info@casey.test"}, by=None)
        known = db.session.get_one(Mailbox, row.mailbox_id)
        assert (known.processed_validity, known.processed_uid, known.lease_owner) == (None, 0, None)
