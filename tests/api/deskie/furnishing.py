"""A house with a row of each kind that a route of Deskie's speaks of."""

from flask import Flask

from tests.api.deskie.client import Deskie
from tests.cast import Cast


def furnish(app: Flask, olga: Deskie, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "ben": cast.ben.id, "amy": cast.amy.id}
    case = olga.opened()
    words |= {"case": case["case_id"], "reference": case["case_number"]}
    for word in ("group", "other_group"):
        words[word] = olga.post("/groups.json", {"group": {"group_title": word}}).json["group"]["group_id"]
    words["label"] = olga.post("/labels.json", {"label": {"label_title": "late"}}).json["label"]["label_id"]
    return {word: str(value) for word, value in words.items()}
