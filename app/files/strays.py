"""Contents of which no row speaks: a call was refused, or a process died, after a content was kept for it.

They are noted as contents that nobody uses, and so go the way of all others. That way is safe for whoever keeps the
same content at this moment: keeping it makes it young again, and whoever removes it holds its row meanwhile.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from sqlalchemy import select

from app.clock import now
from app.database import insert_if_absent
from app.extensions import db
from app.files.kept import Kept
from app.files.models import File
from app.files.storing import aged_contents

AGE = timedelta(days=1)  # no call and no mail takes that long between keeping and noting
TURN = timedelta(minutes=5)
PARTS, BATCH = 256, 500


def part_in_turn() -> str:
    """Which part of the store is looked through now: the beginning of its SHA-256. A round takes 21 hours."""
    return f"{int(now().timestamp() // TURN.total_seconds()) % PARTS:02x}"


def batches(part: str) -> Iterator[Sequence[Kept]]:
    """The contents of a part that have lain there for a day."""
    found = aged_contents(part, now() - AGE)
    while batch := list(islice(found, BATCH)):
        yield batch


def strays(batch: Sequence[Kept]) -> list[Kept]:
    """Those of which no row speaks."""
    query = select(File.sha256).where(File.sha256.in_([one.sha256 for one in batch]))
    known = set(db.session.scalars(query))
    return [one for one in batch if one.sha256 not in known]


def doubt(found: Sequence[Kept]) -> None:
    """Note contents as such that may be used by nobody. One of which a row speaks by now stays as it is."""
    for one in found:
        insert_if_absent(File, sha256=one.sha256, size=one.size, unused_at=now(), created_at=now())
