"""A house that promises something, and cases in it that are late."""

from datetime import timedelta
from typing import Any

import time_machine

from app.clock import now
from tests.api_client import Api
from tests.cast import UNA

LATE = timedelta(hours=2)


def promised(api: Api, *targets: str, **more: Any) -> Any:
    """A policy with targets such as ``first_reply 1h``, which count around the clock."""
    made = api.post("/sla-policies", {"title": "Standard", "targets": [_target(one) for one in targets], **more})
    assert made.status_code == 201, made.text
    return made.json


def _target(told: str) -> dict[str, Any]:
    metric, goal = told.split()
    return {"metric": metric, "goal": int(goal.removesuffix("h")) * 3600, "hours": "calendar"}


def late_cases(api: Api, count: int) -> list[Any]:
    """So many cases that nobody has answered for two hours, where one was promised."""
    promised(api, "first_reply 1h")
    with time_machine.travel(now() - LATE, tick=False):
        return [api.opened(UNA) for _ in range(count)]
