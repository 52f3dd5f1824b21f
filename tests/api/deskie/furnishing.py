"""A house with a row of each kind that a route of Deskie's speaks of."""

from flask import Flask

from tests.api.deskie.client import Deskie
from tests.cast import Cast


def furnish(app: Flask, olga: Deskie, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "ben": cast.ben.id, "amy": cast.amy.id}
    case = olga.opened()
    words |= {"case": case["case_id"], "reference": case["case_number"]}
    path = f"/cases/{case['case_id']}"
    for kind, rule in (("message", "messages"), ("note", "note")):
        said = {kind: {"content": "Hello"}}
        words[kind] = olga.post(f"{path}/{rule}.json", said).json["message"]["message_id"]
    return {word: str(value) for word, value in words.items()}
