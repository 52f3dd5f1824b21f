"""How routes of the native API are declared."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response

from app.api.auth import needs
from app.people.access import Act
from app.transaction import retried

PREFIX = "/api/casey/v1"

bp = Blueprint("casey", __name__, url_prefix=PREFIX)

Answer = tuple[dict[str, Any], int] | Response


def route(rule: str, method: str, act: Act) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Declare a route: its path, its method, and what a caller must be allowed to do."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        guarded = needs(act)(retried(view))
        bp.add_url_rule(rule, endpoint=f"{method.lower()}:{rule}", view_func=guarded, methods=[method])
        return view

    return decorate
