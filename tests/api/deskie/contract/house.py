"""A house in which every example of the document finds what it speaks of."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.known_labels import create_label
from app.extensions import db
from app.transaction import transaction
from tests.api.deskie.client import Deskie
from tests.cast import UNA, Cast

Json = dict[str, Any]


@dataclass(frozen=True)
class House:
    """What stands for what the document leaves open: for fields, for values by their keys, in addresses."""

    fields: dict[str, str]
    values: Json
    places: Json
    ideas: Json


def arrange(app: Flask, olga: Deskie, cast: Cast) -> House:
    """Fields, labels, cases with messages, a note, ratings and files, and an idea."""
    fields, labels = _definitions(app)
    values = {
        "user_email": UNA,
        "user_id": cast.una.id,
        "staff_id": cast.ben.id,
        "note_staff_id": cast.ben.id,
        "rating_staff_id": cast.ben.id,
        "language_id": 2,
        **{f"{word}.{number}": label for word in ("labels", "add_labels") for number, label in enumerate(labels)},
    }
    said = {fields["cf_25"]: "Some text", fields["cf_30"]: "Another"}
    case = olga.opened(labels=labels, custom_fields=said, staff_id=cast.ben.id, priority="high", status="open")
    return House(fields, values, _written(olga, case, cast), _idea(olga))


def _definitions(app: Flask) -> tuple[dict[str, str], list[int]]:
    with app.app_context(), transaction():
        texts = [
            define_field(FieldLevel.CASE, key, FieldType.TEXT, {"title": key}, by=None)
            for key in ("first", "second", "third")
        ]
        labels = [create_label(name, by=None) for name in ("late", "loud")]
        db.session.flush()
        numbers = dict(zip(("cf_25", "cf_30", "cf_44"), texts, strict=True))
        return {name: f"cf_{one.id}" for name, one in numbers.items()}, [one.id for one in labels]


def _written(olga: Deskie, case: Json, cast: Cast) -> Json:
    """A message of the team with a file, rated as the case is; a note; and another case."""
    at = f"/cases/{case['case_id']}"
    form = {
        "message[staff_id]": str(cast.ben.id),
        "message[content]": "See the file.",
        "message[attachments][0]": (BytesIO(b"%PDF"), "bill.pdf"),
    }
    message = _made(olga.post(f"{at}/messages.json", data=form, content_type="multipart/form-data"))
    note = _made(olga.post(f"{at}/note.json", {"note": {"note_staff_id": cast.ben.id, "content": "She called."}}))
    rate = {"rate": {"rating": "high", "rating_comment": "Fine"}}
    for address in (f"{at}/rate.json", f"{at}/rate/{message['message_id']}.json"):
        assert olga.put(address, rate).status_code == 200
    return {
        "case": case["case_id"],
        "reference": case["case_number"],
        "other": olga.opened()["case_id"],
        "message": message["message_id"],
        "note": note["message_id"],
    }


def _made(answer: Any) -> Json:
    assert answer.status_code == 201, answer.text
    found: Json = answer.json["message"]
    return found


def _idea(olga: Deskie) -> Json:
    """An idea with an official response."""
    case = olga.opened(channel="idea")["case_id"]
    said = {"message": {"content": "We will."}}
    assert olga.put(f"/cases/{case}/idea_official_response.json", said).status_code == 200
    return {"case": case}
