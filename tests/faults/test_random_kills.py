"""SIGKILL at random moments, under traffic over HTTP and by mail."""

import http.client
import random
import threading
import urllib.error
from pathlib import Path

import pytest

from app.mail.intake.taking import undecided
from app.mail.sending.outbox import unfinished
from tests.faults.leases import let_leases_run_out
from tests.faults.ledgers import Feeder, check
from tests.house import SUPPORT, House
from tests.letters import letter
from tests.scale import FULL, databases, up_to
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld
from tests.servers.ports import wait_until
from tests.servers.valkey import Valkey

KILLS = up_to(4, 50)
MAILS_BETWEEN = 5
LONGEST_WAIT = 2.0
QUIET_WITHIN = 180.0
SEED = 20261122


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
def test_kills_at_random_moments_lose_and_double_nothing(
    house: House, dovecot: Dovecot, outside: OutsideWorld, valkey: Valkey, tmp_path: Path
) -> None:
    dice = random.Random(SEED)
    feeder = Feeder(tmp_path / "fed", dovecot)
    opened: list[str] = []
    house.start("web", "worker", "ticker")
    for round in range(KILLS):
        for number in range(MAILS_BETWEEN):
            feeder.feed(letter(f"c{round}-{number}@world.test", "Help", f"Mail {round}, {number}.", to=SUPPORT))
            opened += open_one(house, f"a{round}-{number}@world.test")
        threading.Event().wait(dice.uniform(0, LONGEST_WAIT))
        victim = dice.choice(["web", "worker", "ticker"])
        house.kill(victim)
        house.start(victim)
        if round in {KILLS // 3, 2 * KILLS // 3}:
            valkey.flush()
    if not FULL:
        let_leases_run_out(house)
    wait_until(lambda: quiet(house, dovecot), QUIET_WITHIN, "all work to be done")

    figures = check(house, feeder.fed(), outside)
    print(f"\n{KILLS} kills: {figures}; cases opened over HTTP {len(opened)}")
    assert (figures.lost, figures.doubled, figures.unsent) == (0, 0, 0), figures
    assert figures.repeated <= KILLS
    assert all(house.call("GET", f"/case/{uuid}").status == 200 for uuid in opened)


def open_one(house: House, address: str) -> list[str]:
    """Open a case; nothing when the web server is not there to answer."""
    try:
        case = {"creator": {"email": address}, "subject": "Help", "message": "It burns!"}
        return [house.call("POST", "/cases", case).json["uuid"]]
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError):
        return []


def quiet(house: House, dovecot: Dovecot) -> bool:
    """Whether the mailbox is empty and nothing waits to be decided or sent."""
    if dovecot.messages(SUPPORT):
        return False
    with house.inside():
        return not undecided() and not unfinished()
