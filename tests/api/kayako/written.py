"""What is written on a case of una's, by the native API."""

from typing import Any

from tests.api_client import Api
from tests.cast import BEN


def wrote(api: Api, case: Any, *texts: str, by: str = BEN) -> None:
    """Messages."""
    for one in texts:
        assert api.post(f"/cases/{case['uuid']}/messages", {"from": by, "message": one}).status_code == 201


def noted(api: Api, case: Any, text: str) -> None:
    """A note."""
    assert api.post(f"/cases/{case['uuid']}/notes", {"from": BEN, "note": text}).status_code == 201
