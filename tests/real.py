"""A whole Casey over real servers: Valkey, Dovecot, an SMTP server, and either database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.people.credentials import create_key
from app.people.models import Role
from app.transaction import transaction
from tests.conftest import environment
from tests.house import House, mail_settings
from tests.leaks import check_mails
from tests.servers.dovecot import Dovecot
from tests.servers.needs import need
from tests.servers.outside import OutsideWorld
from tests.servers.valkey import Valkey


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    """Everybody's mailboxes, ours among them."""
    need(Dovecot.available(), "Dovecot")
    with Dovecot() as server:
        yield server


@pytest.fixture
def outside(tmp_path: Path, dovecot: Dovecot) -> Iterator[OutsideWorld]:
    """The SMTP server of the world; each recipient gets his mail in Dovecot."""
    with OutsideWorld(tmp_path, dovecot=dovecot) as world:
        yield world


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """The store."""
    with Valkey(tmp_path) as server:
        yield server


@pytest.fixture
def house(tmp_path: Path, database: str, outside: OutsideWorld, dovecot: Dovecot, valkey: Valkey) -> Iterator[House]:
    """Casey, with nothing started yet, and an owner's key."""
    data = tmp_path / "data"
    data.mkdir()
    environ = environment(data, database, REDIS_URL=valkey.url, **mail_settings(outside, dovecot))
    built = House(environ, tmp_path / "casey.log")
    with built.inside(), transaction():
        built.key = create_key("tests", Role.OWNER, person=None, by=None)[1]
    yield built
    built.stop()
    with built.inside():
        check_mails((recipient, sent.raw) for sent in outside.ledger() for recipient in sent.rcpt_tos)
