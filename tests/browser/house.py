"""A house with cases in every state, for whoever looks at its pages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from flask import Flask
from time_machine import travel

from app.cases.downloads import file_link
from app.cases.links import Purpose, link_for, secret_of
from app.cases.models import Case
from app.cases.opening import confirm_by, open_case
from app.cases.queries import case_by_uuid
from app.clock import now
from app.config import deployed
from app.mail.sandbox import sandbox_secret
from app.people.models import Person
from app.people.persons import known_person
from app.people.sessions import begin_session
from app.people.signing_in import ask_to_sign_in, recognize, sign_in_address
from app.transaction import transaction
from tests.cast import UNA

ASKED_WITH = "the-browser-that-asked"
LONG_AGO = timedelta(days=120)
NEAR, PHONE = "192.0.2.7", "Mozilla/5.0 (Linux; Android 14; Mobile) " + "AppleWebKit/537.36 " * 5
PATHS = {Purpose.CASE: "c", Purpose.CONFIRM: "confirm", Purpose.RATE: "r"}


@dataclass
class Lived:
    """A house, its cases by name, and by name where else something is to be seen."""

    app: Flask
    site: str
    cases: dict[str, UUID] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def link(self, case: str, reader: str = UNA, purpose: Purpose = Purpose.CASE, *, then: str = "") -> str:
        """The address of a page for the reader of a case, as it stands in his mails."""
        return self._told(lambda: self._address(case_by_uuid(self.cases[case]), reader, purpose) + then)

    def ended(self, case: str, purpose: Purpose = Purpose.CASE, *, then: str = "") -> str:
        """One of which the time is over: of a case to which its reader has had no link since."""
        with travel(now() - LONG_AGO, tick=False):
            return self.link(case, purpose=purpose, then=then)

    def ended_file(self, case: str) -> str:
        """The address of a file in an old mail."""

        def told() -> str:
            [file, *_] = [one for post in case_by_uuid(self.cases[case]).posts for one in post.attachments]
            return file_link(file, known_person(UNA, field="reader"), since=now() - LONG_AGO)

        return self._told(told)

    def pending(self, subject: str = "It does not start") -> str:
        """The address where una confirms a case that has just been opened in her name."""
        return self._told(lambda: self._address(self._waiting(subject), UNA, Purpose.CONFIRM))

    def confirmed(self) -> str:
        """The same, once she has done so."""

        def told() -> str:
            case = self._waiting("It does not stop")
            confirm_by(link_for(case, case.creator, Purpose.CONFIRM))
            return self._address(case, UNA, Purpose.CONFIRM)

        return self._told(told)

    def unconfirmed(self) -> str:
        """The same, when she has not done so in time."""
        with travel(now() - LONG_AGO, tick=False):
            return self.pending()

    def sign_in(self, address: str) -> str:
        """The link by which one of the team signs in. An address gets few, and each is good for twenty minutes."""

        def told() -> str:
            asked = ask_to_sign_in(address, client="desk", browser=ASKED_WITH, way_back="/team")
            assert asked is not None
            recognize(asked.id)
            return sign_in_address(asked.uuid)

        return self._kept(f"link {now().minute // 10} {address}", told)

    def session(self, address: str) -> str:
        """What the browser of one of the team shows who has signed in, the same each time."""
        return self._kept(address, lambda: begin_session(_known(address), browser="Chromium", ip_address=NEAR)[1])

    @property
    def sandbox(self) -> str:
        """The operator's link to the sandbox."""
        return sandbox_link(self.app, self.site)

    def sign_in_elsewhere(self, address: str) -> None:
        """Let one of the team have signed in with another browser too."""
        self._kept(f"{address} elsewhere", lambda: begin_session(_known(address), browser=PHONE, ip_address=NEAR)[1])

    def _kept(self, name: str, make: Callable[[], str]) -> str:
        if name not in self.keys:
            self.keys[name] = self._told(make)
        return self.keys[name]

    def _told(self, tell: Callable[[], str]) -> str:
        with self.app.app_context(), transaction():
            return tell()

    def _waiting(self, subject: str) -> Case:
        return open_case(_known(UNA), subject, "It is over there.", channel="api", confirmed=False)

    def _address(self, case: Case, reader: str, purpose: Purpose) -> str:
        return f"{self.site}/{PATHS[purpose]}/{secret_of(link_for(case, _known(reader), purpose))}"


def _known(address: str) -> Person:
    return known_person(address, field="reader")


def sandbox_link(app: Flask, site: str) -> str:
    """What opens the sandbox of this house."""
    with app.app_context():
        return f"{site}/sandbox/open/{sandbox_secret(deployed())}"
