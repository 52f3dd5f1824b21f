"""A row of the access table."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.people.models import Role


@dataclass(frozen=True)
class Guarded:
    """A route, the least role that may use it, and a call that works. ``{...}`` names a row of the test.

    One that is ``refused`` to everybody, because there is no such thing here, says so to those who may ask.
    """

    method: str
    rule: str
    role: Role
    path: str
    body: Any = None
    refused: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} /api{self.rule}"

    def filled(self, words: Mapping[str, str]) -> tuple[str, Any]:
        """Its address and its body, with these words in place of ``{...}``."""
        path, body = self.path, json.dumps(self.body)
        for word, value in words.items():
            path, body = path.replace(f"{{{word}}}", value), body.replace(f"{{{word}}}", value)
        return path, json.loads(body)
