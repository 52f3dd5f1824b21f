"""A case of una's, in which ben writes to her and mail systems report on his mails."""

from flask import Flask
from sqlalchemy import select

from app.events import Event
from app.extensions import db
from app.mail.models import OutboundEmail
from app.people.models import Identity
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.mail.deciding.bounces.corpus import SAMPLES, Sample
from tests.mail.rows import outbound_to
from tests.sandbox import Outside

BY_NAME = {one.name: one for one in SAMPLES}
UNKNOWN, FULL, DELIVERED = (
    BY_NAME[f"postfix-{name}"] for name in ("unknown-user-original", "mailbox-full-headers", "delivered-headers")
)


class Desk:
    """Una's case, as it goes on."""

    def __init__(self, app: Flask, api: Api, outside: Outside, work: Worker) -> None:
        self.app, self.api, self.outside, self.work = app, api, outside, work
        self.case = api.opened(UNA)["uuid"]
        work()

    @property
    def mails(self) -> list[OutboundEmail]:
        return outbound_to(self.app, UNA)

    def written(self, text: str = "Which table?") -> OutboundEmail:
        """Ben writes to una; the mail to her that it makes, once the workers have looked at it."""
        answer = self.api.post(f"/cases/{self.case}/messages", {"from": BEN, "message": text})
        assert answer.status_code == 201
        self.work()
        return self.mails[-1]

    def reported(self, sample: Sample, mail: OutboundEmail) -> None:
        nothing = "<nothing@far.test>"
        self.outside.send(sample.written(id=mail.message_id, earlier=nothing, anchor=nothing))
        self.work()

    def came_back_twice(self) -> None:
        for mail in (self.mails[0], self.written()):
            self.reported(UNKNOWN, mail)

    def address(self) -> Identity:
        with self.app.app_context():
            found = db.session.scalars(select(Identity).where(Identity.key == UNA)).one()
            db.session.expunge(found)
            return found

    def events(self, name: str) -> list[int | None]:
        """The cases on which something of this name happened."""
        with self.app.app_context():
            return list(db.session.scalars(select(Event.case_id).where(Event.name == name)))
