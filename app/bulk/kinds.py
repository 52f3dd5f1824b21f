"""The two kinds of long work: one has its rows from the start, the other finds out step by step what there is to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.people.access import Act
from app.people.models import Person
from app.steps import Step

Json = dict[str, Any]


@dataclass(frozen=True)
class BulkAct:
    """``do`` takes a row, the options of the job and who ordered it, and returns what the row came to."""

    needs: Act
    do: Callable[[Json, Json, Person | None], Json]


@dataclass(frozen=True)
class SteppedAct:
    """``step`` takes the options of the job, where it is and who ordered it, and does the next bounded piece."""

    needs: Act
    step: Callable[[Json, Json, Person | None], Step]
