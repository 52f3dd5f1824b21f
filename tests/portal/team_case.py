"""What tests of the team's page of a case share."""

from typing import Any

from tests.api_client import Api


def now(api: Api, case: Any) -> Any:
    """The case as it is now."""
    return api.get(f"/cases/{case['uuid']}").json
