"""A house with a row of each kind that a route of Kayako's speaks of."""

from flask import Flask

from tests.api.kayako.access import people
from tests.api.kayako.client import Kayako
from tests.cast import Cast


def furnish(app: Flask, olga: Kayako, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"email": olga.email, "key": olga.key, **people.furnish(app, olga, cast)}
    return {word: str(value) for word, value in words.items()}
