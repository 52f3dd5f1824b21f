"""A job whose workers are killed again and again is done to its end, and every row of it once."""

import json
import signal
import subprocess
import sys

import pytest
from sqlalchemy import func, select

from app.cases.models import Case, Post
from app.crash import CrashPoint
from app.extensions import db
from tests.faults.leases import let_leases_run_out
from tests.house import ROOT, House
from tests.scale import databases, up_to

CASES = up_to(300, 10_000)
KILLS = 5
LONGEST = 1800.0
STEP = max(CASES // 20 // (KILLS + 2), 1)  # so many batches before each kill


def described(number: int) -> bytes:
    at = f"2020-02-03T10:{number % 60:02}:00Z"
    message = {"from": f"customer{number}@world.test", "message": f"Story {number}", "created_at": at}
    case = {"external_id": f"desk-{number}", "creator": {"email": message["from"]}, "subject": f"Story {number}"}
    return json.dumps({**case, "created_at": at, "messages": [message]}).encode()


def run_once(house: House, **more: str) -> int:
    """Let one worker process go on with the job."""
    with house.log.open("ab") as log:
        return subprocess.run(
            [sys.executable, "-m", "tests.faults.once"],
            env={**house.environ, **more, "REDIS_URL": ""},
            cwd=ROOT,
            stdout=log,
            stderr=log,
            timeout=LONGEST,
            check=False,
        ).returncode


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
def test_an_import_that_is_killed_five_times_takes_every_case_over_once(house: House) -> None:
    house.start("web")
    ordered = house.call("POST", "/imports/cases", b"\n".join(described(number) for number in range(CASES)))
    assert (ordered.status, ordered.json["total"]) == (202, CASES)
    for _ in range(KILLS):
        ended = run_once(house, CASEY_CRASH_AT=f"{CrashPoint.BULK_AFTER_BATCH}:{STEP}")
        assert ended == -signal.SIGKILL, house.log.read_text()[-3000:]
        let_leases_run_out(house)
    assert run_once(house) == 0, house.log.read_text()[-3000:]

    job = house.call("GET", f"/jobs/{ordered.json['uuid']}").json
    assert (job["status"], job["done"], job["failed"]) == ("done", CASES, 0)
    with house.inside():
        counts = [db.session.scalar(select(func.count()).select_from(table)) for table in (Case, Post)]
        names = db.session.scalar(select(func.count(Case.external_id.distinct())))
    assert [*counts, names] == [CASES] * 3
