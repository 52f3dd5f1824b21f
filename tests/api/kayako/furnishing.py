"""A house with a row of each kind that a route of Kayako's speaks of."""

from flask import Flask

from app.people.organizations import create_organization
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import Cast


def furnish(app: Flask, olga: Kayako, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "email": olga.email, "key": olga.key}
    for word in ("case", "other"):
        words[word] = olga.opened(requester_id=cast.una.id, tags="early")["id"]
    with app.app_context(), transaction():
        words["organization"] = create_organization("Shop", {}, by=None).id
    words["job"] = olga.post("/bulk/cases", {"cases": [{}]}).json["data"]["id"]
    return {word: str(value) for word, value in words.items()}
