"""Named places at which a test may kill the process, to prove that nothing is lost there.

``CASEY_CRASH_AT=intake.after_commit`` kills at the first visit of that point, ``intake.after_commit:3`` at the third.
Without the variable a crash point does nothing.
"""

import os
import signal
from collections import Counter
from enum import StrEnum


class CrashPoint(StrEnum):
    """Every point there is; the fault suite visits each one."""

    INTAKE_AFTER_SELECT = "intake.after_select"
    INTAKE_AFTER_FETCH = "intake.after_fetch"
    INTAKE_BEFORE_COMMIT = "intake.before_commit"
    INTAKE_AFTER_COMMIT = "intake.after_commit"
    INTAKE_AFTER_MOVE = "intake.after_move"
    PARSE_BEFORE = "parse.before"
    READER_READING = "reader.reading"
    DECIDE_BEFORE_COMMIT = "decide.before_commit"
    DECIDE_AFTER_COMMIT = "decide.after_commit"
    FILES_STORED = "files.stored"
    SEND_CLAIMED = "send.claimed"
    SEND_CONNECTED = "send.connected"
    SEND_RECIPIENT = "send.recipient"
    SEND_BEFORE_DOT = "send.before_dot"
    SEND_BEFORE_ANSWER = "send.before_250"
    SEND_AFTER_ANSWER = "send.after_250"
    SEND_BEFORE_SETTLE = "send.before_settle"
    SEND_AFTER_SETTLE = "send.after_settle"
    BULK_AFTER_BATCH = "bulk.after_batch"
    WEBHOOK_CLAIMED = "webhook.claimed"
    WEBHOOK_BEFORE_SETTLE = "webhook.before_settle"
    WEBHOOK_AFTER_SETTLE = "webhook.after_settle"
    COMMIT_BEFORE = "commit.before"
    COMMIT_AFTER = "commit.after"


_visits: Counter[str] = Counter()


def crash_point(point: CrashPoint) -> None:
    """Die here, as by a power cut, when ``CASEY_CRASH_AT`` names this point and this visit."""
    name, _, visit = os.environ.get("CASEY_CRASH_AT", "").partition(":")
    if name != point:
        return
    _visits[name] += 1
    if _visits[name] == int(visit or 1):
        os.kill(os.getpid(), signal.SIGKILL)
