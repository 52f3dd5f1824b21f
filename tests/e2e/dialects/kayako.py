"""Kayako's dialect."""

from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.e2e.dialects.casey import Casey
from tests.e2e.dialects.told import Said, Told, id_of, number_of
from tests.house import House

OPENED = "include=user,identity_email,case_status"
CHANNELS = {"API": "web", "HELPCENTER": "web", "MAIL": "mail"}
STATUSES = {"NEW": "new", "OPEN": "open", "PENDING": "waiting", "COMPLETED": "resolved", "CLOSED": "closed"}
# Whatever was seen has been sent, which is all that is known of its mail.
REACHED = {"SENT": "sent", "DELIVERED": "delivered", "REJECTED": "rejected", "SEEN": "sent"}
CLOSED = 5


class Kayako:
    """One who signs in with his address and an API key.

    Ratings are given by the native API, since there is no call for that.
    """

    def __init__(self, house: House, email: str, key: str) -> None:
        self.house, self.native = house, Casey(house, email, key)
        self.login = "Basic " + b64encode(f"{email}:{key}".encode()).decode()

    def call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.house.ask(method, f"/api/v1{path}", body, Authorization=self.login)
        assert answer.status in {200, 201}, answer
        return answer.json["data"]

    def path(self, number: str) -> str:
        return f"/cases/{id_of(self.house, number)}"

    def opens(self, customer: str, name: str, subject: str, text: str) -> str:
        new = {"creator_id": self._customer(customer, name), "subject": subject, "contents": text, "channel": "MAIL"}
        return number_of(self.house, self.call("POST", "/cases.json", new)["id"])

    def _customer(self, email: str, name: str) -> int:
        """A user with this address. An admin has made him."""
        self.house.call("POST", "/persons", {"email": email, "name": name})
        [found] = self.call("GET", f"/autocomplete/users.json?name={email}")
        return int(found["id"])

    def notes(self, number: str, text: str) -> None:
        self.call("POST", f"{self.path(number)}/notes.json", {"contents": text})

    def rates(self, number: str, score: str, comment: str) -> None:
        self.native.rates(number, score, comment)

    def closes(self, number: str) -> None:
        self.call("PUT", f"{self.path(number)}.json", {"status_id": str(CLOSED)})

    def confirms(self, number: str, text: str) -> None:
        """Say that what was written has arrived."""
        posts = self.call("GET", f"{self.path(number)}/posts.json?filters=MESSAGES")
        [post] = [one["id"] for one in posts if text in one["contents"]]
        self.house.ask(
            "PUT", f"/api/v1/cases/posts/{post}.json", {"post_status": "DELIVERED"}, Authorization=self.login
        )

    def reads(self, number: str) -> Told:
        path = self.path(number)
        case = self.call("GET", f"{path}.json?{OPENED}")
        posts = self.call("GET", f"{path}/posts.json?filters=MESSAGES&limit=100&{OPENED}")[::-1]
        notes = self.call("GET", f"{path}/notes.json?limit=100&{OPENED}")[::-1]
        return Told(
            id=case["id"],
            number=number,
            subject=case["subject"],
            status=STATUSES[case["status"]["type"]],
            channel=CHANNELS[case["portal"]],
            requester=_email(case["requester"]),
            assignee=_email(case["assigned_agent"]) if case["assigned_agent"] else None,
            opened_at=datetime.fromisoformat(case["created_at"]),
            closed_at=datetime.fromisoformat(case["last_closed_at"]) if case["last_closed_at"] else None,
            liked=case["rating"] == "GOOD" if case["rating"] else None,
            messages=[_said(one, "contents", "creator") for one in posts],
            notes=[_said(one, "body_text", "user") for one in notes],
            reached=[REACHED[one["post_status"]] for one in posts if not one["is_requester"]],
            rating=None,
        )

    def words_for(self, case: Told) -> Told:
        """A rating is good or bad."""
        return replace(case, rating=None)


def _said(one: Any, words: str, author: str) -> Said:
    """There is one moment: what waits to be sent is not shown yet."""
    at = datetime.fromisoformat(one["created_at"])
    return Said(one["id"], _email(one[author]), one[words], at, at)


def _email(user: Any) -> str:
    return str(user["emails"][0]["email"])
