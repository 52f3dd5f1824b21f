"""A case in every dialect: how each opens, rates, closes and reads it. A further one is a row of ``DIALECTS``."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Protocol

from sqlalchemy import select

from app.cases.models import Case, Post
from app.extensions import db
from tests.house import House

WEB = {"api": "web"}  # as all but the native one call it


@dataclass(frozen=True)
class Said:
    """A message, in words that are no dialect's. ``id`` is that of its row.

    Of its delivery nothing is told but when it was sent: what became of each mail is shown by the native API alone.
    """

    id: int
    author: str
    text: str
    at: datetime
    sent_at: datetime


@dataclass(frozen=True)
class Told:
    """What a dialect tells of a case, likewise. Moments are told to the second."""

    id: int
    number: str
    subject: str
    status: str
    channel: str
    requester: str
    assignee: str | None
    opened_at: datetime
    closed_at: datetime | None
    rating: tuple[str, str] | None
    messages: list[Said]


class Dialect(Protocol):
    """A team member who speaks one dialect. A case is called by its number."""

    def opens(self, customer: str, name: str, subject: str, text: str) -> str: ...

    def rates(self, number: str, score: str, comment: str) -> None: ...

    def closes(self, number: str) -> None: ...

    def reads(self, number: str) -> Told: ...


class Casey:
    """The native API."""

    def __init__(self, house: House, email: str, key: str) -> None:
        self.house, self.email, self.key = house, email, key

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.house.call(method, path, body, Authorization=f"Bearer {self.key}")
        assert answer.status in {200, 201}, answer
        return answer.json

    def path(self, number: str) -> str:
        [found] = self.call("GET", f"/cases?reference={number}")["items"]
        return f"/cases/{found['uuid']}"

    def opens(self, customer: str, name: str, subject: str, text: str) -> str:
        new = {"creator": {"email": customer, "name": name}, "subject": subject, "message": text}
        return str(self.call("POST", "/cases", new)["reference"])

    def rates(self, number: str, score: str, comment: str) -> None:
        path = self.path(number)
        rater = self.call("GET", path)["requester"]["email"]
        self.call("POST", f"{path}/ratings", {"from": rater, "score": score, "comment": comment})

    def closes(self, number: str) -> None:
        self.call("POST", f"{self.path(number)}/close")

    def reads(self, number: str) -> Told:
        case = self.call("GET", self.path(number))
        rows = _rows(self.house, number)
        return Told(
            id=rows[case["uuid"]],
            number=case["reference"],
            subject=case["subject"],
            status=case["status"],
            channel=WEB.get(case["channel"], case["channel"]),
            requester=case["requester"]["email"],
            assignee=case["assignee"]["email"] if case["assignee"] else None,
            opened_at=_moment(case["created_at"]),
            closed_at=_moment(case["closed_at"]) if case["closed_at"] else None,
            rating=next(((one["score"], one["comment"]) for one in case["ratings"]), None),
            messages=[
                Said(
                    id=rows[one["uuid"]],
                    author=one["from"]["email"],
                    text=one["message"],
                    at=_moment(one["created_at"]),
                    sent_at=_moment(one["send_at"] or one["created_at"]),
                )
                for one in case["messages"]
            ],
        )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)


def _rows(house: House, number: str) -> dict[str, int]:
    """The ids of a case and of what was written in it, by the uuids that the native API shows in their place."""
    with house.inside():
        case = db.session.execute(select(Case.uuid, Case.id).where(Case.reference == number)).all()
        posts = db.session.execute(select(Post.uuid, Post.id).join(Case).where(Case.reference == number)).all()
        return {str(uuid): id for uuid, id in (*case, *posts)}


class Deskie:
    """Deskie's."""

    def __init__(self, house: House, email: str, key: str) -> None:
        self.house = house
        self.login = "Basic " + b64encode(f"{email}:{key}".encode()).decode()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.house.ask(method, f"/api{path}", body, Authorization=self.login)
        assert answer.status in {200, 201}, answer
        return answer.json

    def opens(self, customer: str, name: str, subject: str, text: str) -> str:
        new = {"user_email": customer, "user_full_name": name, "subject": subject, "content": text}
        return str(self.call("POST", "/cases.json", {"case": new})["case"]["case_number"])

    def rates(self, number: str, score: str, comment: str) -> None:
        self.call("PUT", f"/cases/{number}/rate.json", {"rate": {"rating": score, "rating_comment": comment}})

    def closes(self, number: str) -> None:
        self.call("PUT", f"/cases/{number}.json", {"case": {"status": "closed"}})

    def reads(self, number: str) -> Told:
        case = self.call("GET", f"/cases/{number}.json")["case"]
        page = self.call("GET", f"/cases/{case['case_id']}/messages.json")
        messages = [page[str(place)]["message"] for place in range(page["total_count"])]
        return Told(
            id=case["case_id"],
            number=case["case_number"],
            subject=case["subject"],
            status=case["status"],
            channel=case["channel"],
            requester=self._user(case["user_id"]),
            assignee=self._member(case["staff_id"]) if case["staff_id"] else None,
            opened_at=parsedate_to_datetime(case["created_at"]),
            closed_at=parsedate_to_datetime(case["closed_at"]) if case["closed_at"] != "-" else None,
            rating=(case["rating"], case["rating_comment"]) if "rating" in case else None,
            messages=[
                Said(
                    id=one["message_id"],
                    author=self._user(one["user_id"]) if one["user_id"] else self._member(one["staff_id"]),
                    text=one["content"],
                    at=parsedate_to_datetime(one["created_at"]),
                    sent_at=parsedate_to_datetime(one["sent_at"]),
                )
                for one in messages
            ],
        )

    def _user(self, number: int) -> str:
        return str(self.call("GET", f"/users/{number}.json")["user"]["user_email"])

    def _member(self, number: int) -> str:
        return str(self.call("GET", f"/staff/{number}.json")["staff"]["staff_email"])


DIALECTS: Mapping[str, Callable[[House, str, str], Dialect]] = {"casey": Casey, "deskie": Deskie}
