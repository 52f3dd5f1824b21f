"""A house with a row of each kind that a route of Deskie's speaks of."""

from flask import Flask

from tests.api.deskie.client import Deskie
from tests.cast import Cast


def furnish(app: Flask, olga: Deskie, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "ben": cast.ben.id, "amy": cast.amy.id}
    case = olga.opened()
    words |= {"case": case["case_id"], "reference": case["case_number"]}
    words["idea"] = olga.opened(channel="idea")["case_id"]
    category = {"ideas_category": {"category_title": "Shop"}}
    words["category"] = olga.post("/ideas_category.json", category).json["ideas_category"]["category_id"]
    made = olga.post("/custom_channels.json", {"custom_channel": {"title": "App"}}).json["custom_channel"]
    words["channel"] = made["channel_id"]
    for word in ("group", "other_group"):
        words[word] = olga.post("/groups.json", {"group": {"group_title": word}}).json["group"]["group_id"]
    words["label"] = olga.post("/labels.json", {"label": {"label_title": "late"}}).json["label"]["label_id"]
    path = f"/cases/{case['case_id']}"
    for kind, rule in (("message", "messages"), ("note", "note")):
        said = {kind: {"content": "Hello"}}
        words[kind] = olga.post(f"{path}/{rule}.json", said).json["message"]["message_id"]
    for word, path, said in (
        ("max", "/users", {"user": {"user_email": "max@customer.test"}}),
        ("company", "/companies", {"company": {"company_name": "Shop"}}),
    ):
        [made] = olga.post(f"{path}.json", said).json.values()
        words[word] = made["company_id" if word == "company" else "user_id"]
    return {word: str(value) for word, value in words.items()}
