"""Calls of which only the answer counts."""

from typing import Any

from tests.api_client import Api


def called(api: Api, path: str, body: Any = None) -> Any:
    """What a call answers; with a body it is a POST."""
    return (api.get(path) if body is None else api.post(path, body)).json


def state_of(api: Api, job: str) -> str:
    """How far a job is."""
    return str(called(api, f"/jobs/{job}")["status"])
