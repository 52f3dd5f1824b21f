"""The native API."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tests.e2e.dialects.told import WEB, Said, Told
from tests.e2e.dialects.told import rows as rows_of
from tests.house import House


class Casey:
    """One who calls it with an API key."""

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

    def notes(self, number: str, text: str) -> None:
        self.call("POST", f"{self.path(number)}/notes", {"from": self.email, "note": text})

    def rates(self, number: str, score: str, comment: str) -> None:
        path = self.path(number)
        rater = self.call("GET", path)["requester"]["email"]
        self.call("POST", f"{path}/ratings", {"from": rater, "score": score, "comment": comment})

    def closes(self, number: str) -> None:
        self.call("POST", f"{self.path(number)}/close")

    def confirms(self, number: str, text: str) -> None:
        """Say that what was written has arrived."""
        path = self.path(number)
        [message] = [one["uuid"] for one in self.call("GET", path)["messages"] if text in one["message"]]
        for mail in self.call("GET", f"{path}/deliveries?limit=100")["items"]:
            if mail["message"] == message:
                self.call("POST", f"/deliveries/{mail['uuid']}/delivered")

    def reads(self, number: str) -> Told:
        path = self.path(number)
        case, notes = self.call("GET", path), self.call("GET", f"{path}/notes")["items"]
        rows = rows_of(self.house, number)
        rating = next(((one["score"], one["comment"]) for one in case["ratings"]), None)
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
            rating=rating,
            liked=rating[0] != "low" if rating else None,
            messages=[_said(one, "message", rows) for one in case["messages"]],
            notes=[_said(one, "note", rows) for one in notes],
            reached=self._reached(path, case),
        )

    def words_for(self, case: Told) -> Told:
        return case

    def _reached(self, path: str, case: Any) -> list[str]:
        """How far the mails of messages to their requester got, in the order of these."""
        mails = self.call("GET", f"{path}/deliveries?limit=100")["items"]
        to_requester = [one for one in mails if one["to"]["email"] == case["requester"]["email"]]
        status = {one["message"]: one["status"] for one in to_requester if one["purpose"] == "message"}
        return [status[one["uuid"]] for one in case["messages"] if one["uuid"] in status]


def _said(one: Any, words: str, rows: Mapping[str, int]) -> Said:
    at = _moment(one["created_at"])
    sent_at = _moment(one["send_at"]) if one.get("send_at") else at
    return Said(rows[one["uuid"]], one["from"]["email"], one[words], at, sent_at)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(microsecond=0)
