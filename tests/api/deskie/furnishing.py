"""A house with a row of each kind that a route of Deskie's speaks of."""

from flask import Flask

from tests.api.deskie.client import Deskie
from tests.cast import Cast


def furnish(app: Flask, olga: Deskie, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "ben": cast.ben.id, "amy": cast.amy.id}
    case = olga.opened()
    words |= {"case": case["case_id"], "reference": case["case_number"]}
    for word, path, said in (
        ("max", "/users", {"user": {"user_email": "max@customer.test"}}),
        ("company", "/companies", {"company": {"company_name": "Shop"}}),
    ):
        [made] = olga.post(f"{path}.json", said).json.values()
        words[word] = made["company_id" if word == "company" else "user_id"]
    return {word: str(value) for word, value in words.items()}
