"""A row of the access table."""

from dataclasses import dataclass
from typing import Any

from app.people.models import Role


@dataclass(frozen=True)
class Guarded:
    """A route, the least role that may use it, and a call that works. ``{...}`` names a row of the test.

    Without a role anybody may use it.
    """

    method: str
    rule: str
    role: Role | None
    path: str
    body: Any = None

    @property
    def name(self) -> str:
        return f"{self.method} /api/v1{self.rule}"
