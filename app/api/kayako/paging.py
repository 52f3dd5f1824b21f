"""Pages on Kayako's wire: by an offset, or along the order of a list from behind or before one of its things."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from marshmallow import ValidationError, validates_schema

from app.api.kayako.letters import snake
from app.api.lenient import Lenient, number
from app.config import deployed

USUAL, MOST = 10, 200

Json = dict[str, Any]


class Paged(Lenient):
    """The query of a list that is read by offsets."""

    offset = number(load_default=0)
    limit = number(least=1, load_default=USUAL)


class Along(Lenient):
    """The query of a list that is read along its order. ``after_id`` and ``before_id`` are places in that order."""

    after_id = number()
    before_id = number()
    limit = number(least=1, load_default=USUAL)

    @validates_schema
    def _one_way(self, asked: Json, **_: Any) -> None:
        if "after_id" in asked and "before_id" in asked:
            raise ValidationError("Only one of after_id and before_id may be given.", field_name="before_id")


def limit_of(asked: Json) -> int:
    """How many things a page shows at most."""
    return min(int(asked["limit"]), MOST)


@dataclass(frozen=True)
class Offset:
    """A page by its place."""

    skip: int
    limit: int

    @classmethod
    def asked(cls, asked: Json) -> "Offset":
        return cls(asked["offset"], limit_of(asked))

    @property
    def before(self) -> int:
        """How many rows stand before it, as lists know it."""
        return self.skip


def here(**changes: int | None) -> str:
    """The address of this request with other places in its query."""
    stays = [(name, value) for name, value in request.args.items(multi=True) if snake(name) not in changes]
    query = urlencode([*stays, *((name, value) for name, value in changes.items() if value is not None)])
    return f"{deployed().base_url}{request.path}{'?' if query else ''}{query}"
