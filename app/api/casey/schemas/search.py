"""What is searched for."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields

from app.api.casey.schemas.fields import Limited, several, text
from app.cases.models import State
from app.cases.search import Place
from app.cases.words import LONGEST
from app.listing import cursors
from app.listing.filters import words_in


class Words(fields.Field[list[StrEnum]]):
    """Some words of an enumeration, with commas between them; without a default None, which means all."""

    def __init__(self, known: type[StrEnum], default: Iterable[StrEnum] | None = None, **options: Any) -> None:
        usual = list(default) if default else None
        told = f"Any of {', '.join(known)}, with commas between them; {','.join(usual or known)} if nothing is said."
        super().__init__(load_default=usual, metadata=several(known, told), **options)
        self.known = known

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> list[StrEnum]:
        try:
            return words_in(str(value), self.known)
        except ValueError as error:
            raise ValidationError(f"This {error}.") from None


class Searched(Limited):
    """Query of GET /search."""

    q = text(LONGEST, required=True, like="bug", help='Words; "words side by side"; wor* for their beginning.')
    places = Words(Place, data_key="in")
    state = Words(State, (State.ACTIVE,))
    cursor = text(cursors.LONGEST, load_default=None)
