"""Two Caseys that write to each other come to rest."""

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.cases.opening import open_case
from app.extensions import db
from app.mail.models import SandboxEmail
from app.people.models import Role
from app.people.persons import create_person, find_or_create_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import EVE
from tests.conftest import environment
from tests.leaks import check_for_leaks
from tests.letters import letter
from tests.sandbox import Outside
from tests.scale import FULL
from tests.work import work_until_quiet

MOST = 4
ROUNDS = 12
# What decides about mails that nobody wrote: on either side, or on both.
CHATTY = [
    {},
    {"CASEY_CASE_SEND_COPY": "true"},
    {"CASEY_CASE_CONFIRMATION": "true"},
    {"CASEY_CASE_SEND_COPY": "true", "CASEY_CASE_CONFIRMATION": "true"},
    {"CASEY_MAIL_THIRD_PARTY": "new", "CASEY_CASE_SEND_COPY": "true"},
]
PAIRS = list(itertools.product(CHATTY, CHATTY)) if FULL else [(one, one) for one in CHATTY] + [(CHATTY[1], CHATTY[2])]


class Casey:
    """One of the two: an application with an address, a database and a sandbox of its own, and one member."""

    def __init__(self, app: Flask, name: str) -> None:
        self.app, self.address, self.member = app, f"support@{name}.test", f"ben@{name}.test"
        self.outside, self.api = Outside(app), Api(app.test_client(), None)
        self.carried = 0
        with app.app_context(), transaction():
            create_person("Ben Foo", self.member, role=Role.OWNER, by=None)

    def works(self) -> None:
        work_until_quiet(self.app)

    def writes_to(self, other: "Casey") -> int:
        """Carry what has been written to the other one since the last time; says how many mails it was."""
        with self.app.app_context():
            query = select(SandboxEmail.content).where(SandboxEmail.address == other.address).order_by(SandboxEmail.id)
            new = list(db.session.scalars(query))[self.carried :]
        self.carried += len(new)
        for raw in new:
            other.outside.send(raw)
        return len(new)


@contextmanager
def casey(name: str, place: Path, template: Path, **settings: str) -> Iterator[Casey]:
    """A whole application, and the look for leaks that every one gets in the end."""
    place.mkdir()
    shutil.copy(template, place / "casey.db")
    address = {
        "CASEY_MAIL_ADDRESS": f"support@{name}.test",
        "CASEY_SECRET_KEY": f"the secret key of {name}, long enough",
    }
    app = create_app(environment(place, f"sqlite:///{place / 'casey.db'}", **{**settings, **address}))
    yield Casey(app, name)
    with app.app_context():
        check_for_leaks()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=PAIRS, ids=str)
def both(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> Iterator[tuple[Casey, Casey]]:
    """Two of them, under various settings."""
    ours, theirs = request.param
    with (
        casey("ours", tmp_path / "ours", sqlite_template, **ours) as one,
        casey("theirs", tmp_path / "theirs", sqlite_template, **theirs) as other,
    ):
        yield one, other


def exchange(one: Casey, other: Casey) -> int:
    """Let them write to each other until neither has anything to say; returns how many mails that took."""
    total = 0
    for _ in range(ROUNDS):
        one.works()
        other.works()
        passed = one.writes_to(other) + other.writes_to(one)
        total += passed
        if not passed:
            return total
    raise AssertionError(f"They still write after {total} mails.")


@pytest.mark.campaign
def test_a_mail_in_the_name_of_the_other_starts_no_endless_talk(both: tuple[Casey, Casey]) -> None:
    one, other = both
    one.outside.send(letter(other.address, "Hello", "Are you there?", to=one.address))
    assert exchange(one, other) <= MOST


@pytest.mark.campaign
def test_what_a_member_writes_to_the_other_is_answered_by_no_machine_for_long(both: tuple[Casey, Casey]) -> None:
    one, other = both
    with one.app.app_context(), transaction():
        open_case(find_or_create_person(other.address), "Hello", "Are you there?", channel="api", confirmed=True)
    before = exchange(one, other)
    one.outside.reply(one.outside.inbox(one.member)[0], "We are. What is it?")
    after = exchange(one, other)
    print(f"mails between two Caseys: {before}, and {after} more when somebody answered")
    assert before + after <= MOST


@pytest.mark.campaign
def test_a_stranger_who_names_both_starts_no_endless_talk(both: tuple[Casey, Casey]) -> None:
    one, other = both
    for ours, theirs in ((one, other), (other, one)):
        ours.outside.send(
            letter(EVE, "Hello", "Are you there?", to=ours.address, cc=theirs.address, reply_to=theirs.address)
        )
    assert exchange(one, other) <= MOST
