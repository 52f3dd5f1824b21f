"""What a test does on a machine that lacks a server: it is left out and says so; in CI that is a failure."""

import os

import pytest


def need(there: bool, name: str) -> None:
    """Go on only if the server is there."""
    if there:
        return
    sentence = f"{name} is not installed; `make test` says how to install it."
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
