"""What answers of Deskie's dialect show: a thing in its envelope, or an object with a number for each of them."""

from typing import Any

from tests.e2e.fuzzing.memory import READY, Thing, see

# By the name of an envelope: where such things are, and which member of theirs stands for the last placeholder.
PLACES = {
    "case": ("/cases/{}", "case_id"),
    "message": ("/cases/{}/messages/{}", "message_id"),
    "user": ("/users/{}", "user_id"),
    "staff": ("/staff/{}", "staff_id"),
    "group": ("/groups/{}", "group_id"),
    "label": ("/labels/{}", "label_id"),
    "company": ("/companies/{}", "company_id"),
    "custom_channel": ("/custom_channels/{}", "channel_id"),
    "ideas_category": ("/ideas_category/{}", "category_id"),
}


def remember(whole: Thing, answer: dict[str, Any]) -> None:
    """Remember the things that an answer shows; a message with the case of its address, which is ``whole``."""
    rows = [row for number, row in answer.items() if number.isdecimal()] or [answer]
    for row in rows:
        for name in row.keys() & PLACES.keys():
            address, member = PLACES[name]
            if row[name].get("note"):
                address = "/cases/{}/note/{}"
            _remember(address, (*whole[: address.count("{}") - 1], str(row[name][member])))


def _remember(address: str, thing: Thing) -> None:
    """Whoever acts is left out, since nothing may be done to him."""
    if address != "/staff/{}" or [thing] != READY["own staff"]:
        see(address, thing)
