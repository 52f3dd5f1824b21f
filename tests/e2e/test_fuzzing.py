"""Whatever is sent to the native API, a real server answers as its document says, and never with an error of its own.

`make test` tries a few requests for each operation; `make campaign` goes through every phase, with 20,000 and more.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.api.casey.openapi import document
from tests.house import ROOT, House
from tests.scale import FULL, databases, up_to

ALL = 20_000
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
PHASES = "examples,coverage,fuzzing,stateful" if FULL else "examples,fuzzing"
# Calls that would saw off the branch they sit on: they take away the key, or change what all others answer. Raw mail
# has poisons of its own in tests/mail/reading, and a stream never ends; lines of JSON no fuzzer writes.
LEFT_OUT = (
    *("keys.revoke", "config.change", "config.forget", "config.commit"),
    *("inbound.receive", "events.stream", "imports.import_cases"),
)
LONGEST = 3600 if FULL else 300


def furnish(house: House) -> None:
    """Bring in those who are named in the examples of the document, so that what is said of them can be done."""
    house.call("POST", "/persons", {"name": "Ben Foo", "email": "ben@domain.tld", "team": True})
    house.call("POST", "/teams", {"name": "Tools"})
    for subject in ("Help", "More help", "It burns"):
        case = {"creator": {"email": "some.user@other.tld"}, "subject": subject, "message": "Hi"}
        uuid = house.call("POST", "/cases", case).json["uuid"]
        house.call("POST", f"/cases/{uuid}/notes", {"from": "ben@domain.tld", "note": "Call her."})


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
def test_no_request_brings_an_answer_that_is_not_described(house: House, tmp_path: Path) -> None:
    house.start("web", CASEY_API_RATE_LIMIT="1000000", CASEY_MAIL_ENABLE="false")
    furnish(house)
    operations = sum(len(one) for one in document()["paths"].values())
    report = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{house.port}/openapi.json"),
            *("--header", f"Authorization: Bearer {house.key}", "--checks", CHECKS, "--phases", PHASES),
            *("--max-examples", str(up_to(4, -(-ALL // operations))), "--generation-deterministic"),
            *("--mode", "all", "--workers", "1", "--no-color", "--suppress-health-check", "all"),
            *(word for one in LEFT_OUT for word in ("--exclude-operation-id", one)),
        ],
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.e2e.fuzzing_with_memory", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    print(report.stdout[-3000:])
    assert report.returncode == 0, report.stdout[-8000:] + report.stderr[-2000:]
    [tried] = re.findall(r"(\d+) generated", report.stdout) or ["0"]
    assert int(tried) >= up_to(operations, ALL)
