"""An export whose workers are killed again and again has each case once, and every part of it."""

import json
import signal
import urllib.request

import pytest
from sqlalchemy import func, select

from app.bulk.holding import HeldFile
from app.crash import CrashPoint
from app.extensions import db
from tests.faults.leases import let_leases_run_out
from tests.faults.test_bulk_kills import described, run_once
from tests.house import House
from tests.scale import up_to

CASES = up_to(600, 20_000)
KILLS = 4


def downloaded(house: House, path: str) -> bytes:
    address = f"http://127.0.0.1:{house.port}/api/casey/v1{path}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {house.key}"})
    with urllib.request.urlopen(request, timeout=60) as found:
        return bytes(found.read())


@pytest.mark.campaign
@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_an_export_that_is_killed_four_times_has_every_case_once(house: House) -> None:
    house.start("web")
    house.call("POST", "/imports/cases", b"\n".join(described(number) for number in range(CASES)))
    assert run_once(house) == 0, house.log.read_text()[-3000:]
    job = house.call("POST", "/exports/cases", {"format": "ndjson"}).json
    for kill in range(KILLS):
        point = CrashPoint.COMMIT_BEFORE if kill % 2 else CrashPoint.BULK_AFTER_BATCH
        steps = CASES // 100 // (KILLS + 1)
        ended = run_once(house, CASEY_CRASH_AT=f"{point}:{max(steps, 1)}")
        assert ended == -signal.SIGKILL, house.log.read_text()[-3000:]
        let_leases_run_out(house)
    assert run_once(house) == 0, house.log.read_text()[-3000:]

    done = house.call("GET", f"/jobs/{job['uuid']}").json
    assert (done["status"], done["done"], done["receipt"]) == ("done", CASES, {"cases": CASES})
    told = [json.loads(line) for line in downloaded(house, f"/jobs/{job['uuid']}/file").splitlines()]
    assert [one["external_id"] for one in told] == [f"desk-{number}" for number in range(CASES)]
    assert {len(one["messages"]) for one in told} == {1}
    with house.inside():
        assert db.session.scalar(select(func.count()).select_from(HeldFile)) == 0
