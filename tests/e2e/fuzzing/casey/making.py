"""Making things by calls, for the house that is fuzzed."""

from typing import Any

from tests.house import House

BEN, CUSTOMER = "ben@domain.tld", "some.user@other.tld"


def made(house: House, path: str, body: Any = None, **headers: str) -> Any:
    """What a call has made."""
    answer = house.call("POST", path, body, **headers)
    assert answer.status < 300, (path, answer)
    return answer.json


def a_case(house: House, subject: str, **more: Any) -> str:
    """A case of the customer's."""
    new = {"creator": {"name": "Some User", "email": CUSTOMER}, "subject": subject, "message": "Hi", **more}
    return str(made(house, "/cases", new)["uuid"])


def a_message(house: House, case: str, author: str, text: str, **more: Any) -> list[str]:
    """A message on a case; says both."""
    return [case, made(house, f"/cases/{case}/messages", {"from": author, "message": text, **more})["uuid"]]
