"""Taking over an account from its beginning to its end, or from where that stopped.

Every row is a transaction of its own, and remembered in it, so that nothing comes twice. After each stretch of rows it
is noted that all of it is here.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, ProgrammingError

from app.errors import CaseyError
from app.extensions import db
from app.takeover.accounts import Account
from app.takeover.answers import Json, printable
from app.takeover.models import Takeover, takeover_from
from app.takeover.source import Source
from app.transaction import reading, transaction

EVERY = 100
NEW_LINE = "\n"
# How a row shows that it says something else than its vendor does, or says it otherwise.
UNREADABLE = (
    *(LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError),
    *(DataError, IntegrityError, InterfaceError, ProgrammingError),
)

Tell = Callable[[str], None]


class Run:
    """One go at an account, and what it counts: how many of what are new, were here before, or were refused.

    Whatever it does raises SourceAway or Unauthorized; done again, it goes on where it stopped.
    """

    def __init__(self, source: Source, tell: Tell) -> None:
        self.source, self.tell = source, tell
        self.counts: Counter[str] = Counter()
        self.said = ""
        with transaction():
            self.takeover_id = takeover_from(source.url).id

    def each(self, kind: str, rows: Iterable[Json], take: Callable[[int, Json], bool]) -> None:
        """Take over rows of a kind, one by one."""
        for row in rows:
            self._count(kind, row, partial(self._taken, row, take))
        self._say(kind)

    def _taken(self, row: Json, take: Callable[[int, Json], bool]) -> str:
        with transaction():
            return "new" if take(self.takeover_id, row) else "known"

    def cases(self, account: Account[Any], rows: Iterable[Json]) -> None:
        """Take over cases, one by one, each with everything that was written on it."""
        for row in rows:
            self._count("cases", row, partial(self._case, account, row))
        self._say("cases")

    def _case(self, account: Account[Any], row: Json) -> str:
        with reading():
            if account.known(row):
                return "known"
        found = account.fetch(row)
        with transaction():
            self.counts["files that could not be had"] += account.take(found)
        return "new"

    def _count(self, kind: str, row: Json, take: Callable[[], str]) -> None:
        """One row. What is refused for what it says is told, and the next one follows."""
        try:
            self.counts[f"{kind} {take()}"] += 1
        except CaseyError as error:
            if error.status >= 500 or error.status == 401:
                raise
            self._refused(kind, row, error.message)
        except UNREADABLE as error:
            why = f"{type(error).__name__}: {str(error).partition(NEW_LINE)[0]}"
            self._refused(kind, row, f"It is not written as {self.source.vendor} writes it ({why}).")
        if self._seen(kind) % EVERY == 0:
            self._say(kind)

    def _refused(self, kind: str, row: Json, why: str) -> None:
        self.counts[f"{kind} refused"] += 1
        number = next((row[name] for name in self.source.ids if row.get(name)), "one")
        self.tell(printable(f"{kind}: {number} was refused: {why}"))

    def _seen(self, kind: str) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith(f"{kind} "))

    def _say(self, kind: str) -> None:
        found = {name.removeprefix(f"{kind} "): n for name, n in self.counts.items() if name.startswith(f"{kind} ")}
        line = f"{kind}: {', '.join(f'{count:,} {name}' for name, count in found.items()) or 'none'}"
        if line != self.said:
            self.tell(line)
        self.said = line

    def position(self, kind: str) -> Any:
        """Up to where all of a kind is here, as it was noted; None at the beginning."""
        with reading():
            return db.session.get_one(Takeover, self.takeover_id).position.get(kind)

    def reached(self, kind: str, position: Any) -> None:
        """Note that all of a kind is here up to this position."""
        with transaction():
            takeover = db.session.get_one(Takeover, self.takeover_id)
            takeover.position = {**takeover.position, kind: position}

    def finished(self) -> Counter[str]:
        """All of it is here; the next time begins anew, and finds what came since. Returns what was counted."""
        with transaction():
            db.session.get_one(Takeover, self.takeover_id).position = {}
        return self.counts
