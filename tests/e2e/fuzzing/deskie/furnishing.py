"""What a house has in it when Deskie's dialect is fuzzed: what its tests have, and some more of it."""

from base64 import b64encode
from typing import Any

from tests.api.deskie import furnishing
from tests.api.deskie.client import Deskie
from tests.cast import assemble
from tests.e2e.fuzzing.furnished import Furnished, Ready
from tests.house import House

FIELDS = (
    {"level": "case", "key": "order_number", "title": "Order number"},
    {"level": "person", "key": "birthday", "title": "Birthday"},
)
# By their address: what is there of each kind, by its name in the furnishing of the tests.
KINDS = {
    "/users/{user}": ("una", "max"),
    "/staff/{staff}": ("ben", "amy"),
    "/groups/{group}": ("group", "other_group"),
    "/labels/{label}": ("label",),
    "/companies/{company}": ("company",),
    "/custom_channels/{channel}": ("channel",),
    "/ideas_category/{category}": ("category",),
}


def furnish(house: House) -> Furnished:
    """Bring in the cast, and what each operation is about. The fuzzer acts as olga, the owner."""
    house.start("web", CASEY_API_RATE_LIMIT="1000000")
    for field in FIELDS:
        assert house.call("POST", "/fields", {**field, "type": "text"}).status == 201
    with house.inside() as app:
        cast = assemble(app)
        olga = Deskie(app.test_client(), cast.olga.email, cast.keys["olga"])
        words = furnishing.furnish(app, olga, cast)
        ready = {address: [[words[one]] for one in names] for address, names in KINDS.items()}
        ready |= {**_conversations(olga), **_fields(olga), "own staff": [[str(cast.olga.id)]]}
    login = b64encode(f"{olga.email}:{olga.key}".encode()).decode()
    return Furnished(ready, {"/": f"Basic {login}"})


def _conversations(olga: Deskie) -> Ready:
    """Ideas, and messages of the team that a user can rate."""
    ideas = [[str(olga.opened(channel="idea")["case_id"])] for _ in range(3)]
    answers = [_answer(olga, str(olga.opened()["case_id"])) for _ in range(3)]
    return {
        "/cases/{case}/idea": ideas,
        "/cases/{case}/idea_official_response": ideas,
        "/cases/{cases}/rate/{message}": answers,
    }


def _answer(olga: Deskie, case: str) -> list[str]:
    """A message of the team on a case; says both."""
    said: Any = {"message": {"content": "We look into it."}}
    return [case, str(olga.post(f"/cases/{case}/messages.json", said).json["message"]["message_id"])]


def _fields(olga: Deskie) -> Ready:
    """The operator's own fields, by whom they are about in Deskie's words."""
    found = olga.get("/custom_fields.json").json
    rows = [found[number]["custom_field"] for number in found if number.isdecimal()]
    return {f"{row['field_level']} field": [[f"cf_{row['field_id']}"]] for row in rows}
