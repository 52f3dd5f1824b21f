"""Deskie's dialect."""

from base64 import b64encode
from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import Any

from tests.e2e.dialects.told import Said, Told
from tests.house import House


class Deskie:
    """One who signs in with his address and an API key."""

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

    def notes(self, number: str, text: str) -> None:
        self.call("POST", f"/cases/{number}/note.json", {"note": {"content": text}})

    def rates(self, number: str, score: str, comment: str) -> None:
        self.call("PUT", f"/cases/{number}/rate.json", {"rate": {"rating": score, "rating_comment": comment}})

    def closes(self, number: str) -> None:
        self.call("PUT", f"/cases/{number}.json", {"case": {"status": "closed"}})

    def reads(self, number: str) -> Told:
        case = self.call("GET", f"/cases/{number}.json")["case"]
        page = self.call("GET", f"/cases/{case['case_id']}/messages.json")
        written = [page[str(place)]["message"] for place in range(page["total_count"])]
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
            liked=case["rating"] != "low" if "rating" in case else None,
            messages=[self._said(one) for one in written if not one["note"]],
            notes=[self._said(one) for one in written if one["note"]],
            reached=None,
        )

    def words_for(self, case: Told) -> Told:
        """A new case is open, and of a delivery nothing is told but when the message was sent."""
        return replace(case, reached=None, status="open" if case.status == "new" else case.status)

    def _said(self, one: Any) -> Said:
        return Said(
            id=one["message_id"],
            author=self._user(one["user_id"]) if one["user_id"] else self._member(one["staff_id"]),
            text=one["content"],
            at=parsedate_to_datetime(one["created_at"]),
            sent_at=parsedate_to_datetime(one["sent_at"]),
        )

    def _user(self, number: int) -> str:
        return str(self.call("GET", f"/users/{number}.json")["user"]["user_email"])

    def _member(self, number: int) -> str:
        return str(self.call("GET", f"/staff/{number}.json")["staff"]["staff_email"])
