"""Orders of privacy, each done to its end. They answer with the receipt."""

from typing import Any

from tests.api_client import Api
from tests.conftest import Worker
from tests.privacy.calls import called


def redacted(api: Api, work: Worker, **asked: Any) -> Any:
    return _done(api, work, "/redactions", asked)


def erased(api: Api, work: Worker, person: str, **more: Any) -> Any:
    return _done(api, work, f"/persons/{person}/erase", more)


def _done(api: Api, work: Worker, path: str, asked: Any) -> Any:
    ordered = api.post(path, asked)
    assert ordered.status_code == 202, ordered.text
    work()
    job = called(api, f"/jobs/{ordered.json['uuid']}")
    assert job["status"] == "done", job
    return job["receipt"]
