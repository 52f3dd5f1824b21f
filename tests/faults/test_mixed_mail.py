"""Two workers and two tickers over real servers, mixed mail, and everything that can go wrong while it is taken in."""

import random
import re
import smtplib
import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from app.cases.models import Post
from app.crash import CrashPoint
from app.extensions import db
from app.mail.models import InboundEmail, Mailbox, Outcome, RawEmail
from app.people.models import Role
from app.people.persons import create_person
from app.transaction import transaction
from tests.faults.ledgers import check
from tests.faults.mixed_mail import OUTCOMES, Fed, Kind, Town, numbers_in
from tests.faults.test_crash_points import MAIL
from tests.faults.test_random_kills import quiet
from tests.house import SUPPORT, House
from tests.scale import FULL, databases, up_to
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld
from tests.servers.ports import wait_until
from tests.servers.valkey import Valkey

MAILS = up_to(60, 2000)
ROUNDS = up_to(6, 100)
KILLS = up_to(3, 50)
ENOUGH = MAILS // ROUNDS
ANSWERS_WITHIN = 600.0 if FULL else 120.0  # the leases of the dead last a minute each
QUIET_WITHIN = 900.0 if FULL else 240.0
SEED = 20261122
STAFF = ("worker", "worker:2", "ticker", "ticker:2")


@dataclass(frozen=True)
class Journey:
    """What became of the mails that were fed. All but ``outcomes`` must be 0."""

    lost: int
    doubled: int
    holes: int
    wrong: list[str]
    outcomes: dict[str, int]


def trace(house: House, fed: list[Fed]) -> Journey:
    """Follow every mail by its number, through raw bytes, outcomes and posts."""
    decided: dict[int, list[str]] = {}
    with house.inside():
        query = select(InboundEmail.outcome, RawEmail.content).join(RawEmail).where(InboundEmail.outcome.is_not(None))
        for outcome, raw in db.session.execute(query.where(InboundEmail.outcome != Outcome.DUPLICATE)):
            for number in numbers_in(raw):
                decided.setdefault(number, []).append(str(outcome))
        bodies = "\n".join(db.session.scalars(select(Post.body)))
        holes = sum(db.session.scalars(select(Mailbox.holes).where(Mailbox.holes.is_not(None))))
    posted = Counter(re.findall(r"This is mail number (\d+)\.", bodies))
    wrong = [
        f"{one.kind} {one.number}: {outcome}"
        for one in fed
        for outcome in decided.get(one.number, [])
        if outcome not in OUTCOMES[one.kind]
    ]
    return Journey(
        lost=sum(one.number not in decided for one in fed),
        doubled=sum(len(found) > 1 for found in decided.values()) + sum(count > 1 for count in posted.values()),
        holes=holes,
        wrong=wrong,
        outcomes=dict(Counter(outcome for found in decided.values() for outcome in found)),
    )


def feed(dovecot: Dovecot, mails: list[Fed]) -> None:
    """Put mails into our mailbox. The server is there all the time; only sessions are cut."""
    with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=30) as lmtp:
        for one in mails:
            lmtp.sendmail(one.sender, [SUPPORT], one.raw)


def hire(house: House) -> None:
    """One team member, so that everything which follows from a case follows."""
    with house.inside(), transaction():
        create_person("Ben Foo", "ben@team.test", role=Role.AGENT, by=None)


def strike(house: House, dice: random.Random, points: list[CrashPoint]) -> None:
    """Kill somebody, and put a successor into the place; some successors die at the next crash point."""
    victim = dice.choice(STAFF)
    if victim in house.running:
        house.kill(victim)
    more = {"CASEY_CRASH_AT": str(points.pop())} if points and victim.startswith("worker") else {}
    house.start(victim, **more)


def replace_the_dead(house: House) -> None:
    """Whoever died at a crash point has a successor who does not."""
    for name in STAFF:
        if house.running[name].poll() is not None:
            house.start(name)


def answerable(house: House, town: Town, outside: OutsideWorld) -> bool:
    """Whether there is enough to answer; if all have died who could see to that, others do."""
    replace_the_dead(house)
    return town.can_answer(ENOUGH, outside.ledger())


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
def test_mixed_mail_under_every_fault_is_neither_lost_nor_doubled(
    house: House, dovecot: Dovecot, outside: OutsideWorld, valkey: Valkey, tmp_path: Path
) -> None:
    dice, fed = random.Random(SEED), list[Fed]()
    town, points = Town(dice), dice.sample(MAIL, len(MAIL) if FULL else 3)
    hire(house)
    house.start("web", *STAFF)
    for round in range(ROUNDS):
        if round:
            wait_until(lambda: answerable(house, town, outside), ANSWERS_WITHIN, "mails to be answered")
        mails = town.mails(MAILS // ROUNDS, outside.ledger())
        feed(dovecot, mails)
        fed += mails
        threading.Event().wait(dice.uniform(0.3, 1.5))
        if round % max(ROUNDS // KILLS, 1) == 0:
            strike(house, dice, points)
        if round in {ROUNDS // 3, 2 * ROUNDS // 3}:
            valkey.flush()
        if round == ROUNDS // 2:
            dovecot.change_uidvalidity(SUPPORT)
    replace_the_dead(house)
    wait_until(lambda: quiet(house, dovecot), QUIET_WITHIN, "all work to be done")

    journey, sent = trace(house, fed), check(house, [], outside)
    kinds = Counter(one.kind for one in fed)
    print(f"\n{len(fed)} mixed mails: {dict(kinds)}; {journey}; sent mails: {sent}")
    assert kinds.keys() == set(Kind)
    assert (journey.lost, journey.doubled, journey.holes, journey.wrong) == (0, 0, 0, []), house.log.read_text()[-3000:]
    assert (sent.lost, sent.doubled, sent.unsent) == (0, 0, 0), sent
    assert sent.repeated <= KILLS + len(MAIL)
