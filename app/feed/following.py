"""Following what somebody sees: whether it has changed, and nothing of what that is.

What he follows has a mark, a number that is another one as soon as there is anything new for him to see. Between two
looks nothing of the database is held.
"""

import time
from collections.abc import Callable, Generator
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import func, select

from app.events import Event
from app.extensions import db
from app.feed.hearing import Waiter
from app.feed.waiting import stopping
from app.people.models import Person
from app.transaction import reading

# Whatever else happens to a case, a note above all, must not even be noticed by a customer.
SEEN_BY_CUSTOMERS = (
    *("message_posted", "message_imported", "message_edited", "message_deleted", "text_redacted", "subject_changed"),
    *("status_changed", "custom_status_changed", "case_confirmed", "case_closed", "case_reopened"),
    *("case_marked_spam", "case_unmarked_spam", "case_trashed", "case_restored"),
    *("case_merged", "case_unmerged", "case_split", "case_split_off"),
)
# In a long silence we speak, so that proxies keep the line; and look, since news may be lost on its way.
SILENCE = 15.0
TICK = 0.25


@dataclass(frozen=True)
class Followed:
    """What is followed: its mark, and ``check``, which raises a CaseyError as soon as it may be seen no longer.

    News of ``case_id`` is what to wait for; of everything, where that is None.
    """

    case_id: int | None
    mark: Callable[[], int]
    check: Callable[[], object]


def mark_of_case(case_id: int, reader: Person) -> int:
    """How much has happened to a case that this reader sees.

    It is counted, since numbers of the log would tell of what happened elsewhere.
    """
    which = [Event.case_id == case_id] if reader.team else [Event.case_id == case_id, Event.name.in_(SEEN_BY_CUSTOMERS)]
    return db.session.scalar(select(func.count()).select_from(Event).where(*which)) or 0


def marks(
    followed: Followed, waiter: Waiter, *, seen: str, lasting: float, app: Flask, gone: Callable[[], bool]
) -> Generator[int | None]:
    """The mark each time it has changed; None after each silence.

    It ends after so many seconds, when this process is to stop, when the store is away, and when the reader has gone.
    Raises what ``check`` does.
    """
    end, silence, look = time.monotonic() + lasting, time.monotonic() + SILENCE, True
    while time.monotonic() < end and not (stopping() or waiter.deaf or gone()):
        if look:
            with app.app_context(), reading():
                followed.check()
                mark = followed.mark()
            if str(mark) != seen:
                seen = str(mark)
                yield mark
        if quiet := time.monotonic() >= silence:
            silence += SILENCE
            yield None
        look = waiter.wait(TICK) or quiet
