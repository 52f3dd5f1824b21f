"""Taking over an account from its beginning to its end, or from where that stopped.

Every row is a transaction of its own, and remembered in it, so that nothing comes twice. After each span of time it is
noted that all of it is here.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from sqlalchemy.exc import DataError

from app.errors import CaseyError
from app.extensions import db
from app.takeover.cases import Account, fetch, labels_in, languages_in, take_case
from app.takeover.models import Takeover, takeover_from
from app.takeover.people import take_group, take_staff, take_user
from app.takeover.source import Json, Source, span
from app.transaction import reading, transaction

EVERY = 100
IDS = ("case_id", "user_id", "staff_id", "group_id")
# How a row shows that it says something else than Deskie does, or says it otherwise.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, DataError)

Tell = Callable[[str], None]


def take_over(source: Source, tell: Tell) -> Counter[str]:
    """Take over everybody and every case. Returns how many of what are new, were here before, or were refused.

    Raises SourceAway or Unauthorized; done again, it goes on where it stopped.
    """
    with transaction():
        takeover_id = takeover_from(source.url).id
    run = Run(source, takeover_id, tell)
    run.each("staff", source.rows("/staff.json", "staff"), take_staff)
    run.each("groups", source.rows("/groups.json", "group"), take_group)
    run.users()
    run.cases(Account(source, takeover_id, labels_in(source), languages_in(source)))
    run.finished()
    return run.counts


class Run:
    """One go at an account, and what it counts."""

    def __init__(self, source: Source, takeover_id: int, tell: Tell) -> None:
        self.source, self.takeover_id, self.tell = source, takeover_id, tell
        self.counts: Counter[str] = Counter()

    def each(self, kind: str, rows: Iterator[Json], take: Callable[[int, Json], bool]) -> None:
        """Take over rows of a kind, one by one."""
        for row in rows:
            self._count(kind, row, partial(self._taken, row, take))
        self._say(kind)

    def _taken(self, row: Json, take: Callable[[int, Json], bool]) -> str:
        with transaction():
            return "new" if take(self.takeover_id, row) else "known"

    def users(self) -> None:
        """Everybody who ever wrote, span by span."""
        for start, end in self.source.windows("/users.json", self._since("users")):
            self.each("users", self.source.rows("/users.json", "user", **span(start, end)), take_user)
            self._done("users", end)

    def cases(self, account: Account) -> None:
        """Every case, span by span, from the oldest on."""
        asked = {"sort": "created_at_asc"}
        for start, end in self.source.windows("/cases.json", self._since("cases"), **asked):
            for row in self.source.rows("/cases.json", "case", **asked, **span(start, end)):
                self._count("cases", row, partial(self._case, account, row))
            self._say("cases")
            self._done("cases", end)

    def _case(self, account: Account, row: Json) -> str:
        with reading():
            if account.known(row):
                return "known"
        found = fetch(account, row)
        with transaction():
            self.counts["files that could not be had"] += take_case(account, found)
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
            self._refused(kind, row, f"It is not written as Deskie writes it ({type(error).__name__}: {error}).")
        if self._seen(kind) % EVERY == 0:
            self._say(kind)

    def _refused(self, kind: str, row: Json, why: str) -> None:
        self.counts[f"{kind} refused"] += 1
        number = next((row[name] for name in IDS if row.get(name)), "one")
        self.tell(f"{kind}: {number} was refused: {why}")

    def _seen(self, kind: str) -> int:
        return sum(count for name, count in self.counts.items() if name.startswith(f"{kind} "))

    def _say(self, kind: str) -> None:
        found = {name.removeprefix(f"{kind} "): n for name, n in self.counts.items() if name.startswith(f"{kind} ")}
        self.tell(f"{kind}: {', '.join(f'{count:,} {name}' for name, count in found.items()) or 'none'}")

    def _since(self, kind: str) -> datetime | None:
        with reading():
            at = db.session.get_one(Takeover, self.takeover_id).position.get(kind)
        return datetime.fromisoformat(at) if at else None

    def _done(self, kind: str, until: datetime) -> None:
        with transaction():
            takeover = db.session.get_one(Takeover, self.takeover_id)
            takeover.position = {**takeover.position, kind: until.isoformat()}

    def finished(self) -> None:
        """All of it is here; the next time begins anew, and finds what came since."""
        with transaction():
            db.session.get_one(Takeover, self.takeover_id).position = {}
