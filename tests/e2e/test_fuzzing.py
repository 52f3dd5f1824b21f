"""Whatever is sent to an API, a real server answers as its document says, and never with an error of its own.

`make test` tries a few requests for each operation; `make campaign` goes through every phase, with 20,000 and more.
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.e2e.fuzzing.casey.furnishing import furnish as furnish_casey
from tests.e2e.fuzzing.deskie.furnishing import furnish as furnish_deskie
from tests.e2e.fuzzing.furnished import Furnished
from tests.e2e.fuzzing.kayako.furnishing import furnish as furnish_kayako
from tests.house import ROOT, House
from tests.scale import FULL, databases, up_to

ALL = 20_000  # requests: each operation has its share of those that are made up, and other phases add some
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
PHASES = "examples,coverage,fuzzing,stateful" if FULL else "examples,fuzzing"
LONGEST = 3600 if FULL else 300


@dataclass(frozen=True)
class Dialect:
    """An API as the fuzzer knows it: where its document is, which operations are left out, who starts the house and
    brings in what must be there, and the module that makes requests be about that."""

    document: str
    left_out: tuple[str, ...]
    furnish: Callable[[House], Furnished]
    hooks: str


DIALECTS = {
    # Left out are calls that would saw off the branch they sit on: they take away the key, or change what all others
    # answer. Raw mail has poisons of its own in tests/mail/reading, and a stream never ends; lines of JSON no fuzzer
    # writes.
    "casey": Dialect(
        "/openapi.json",
        (
            *("keys.revoke", "config.change", "config.forget", "config.commit"),
            *("inbound.receive", "events.stream", "imports.import_cases"),
        ),
        furnish_casey,
        "tests.e2e.fuzzing.casey.hooks",
    ),
    # Left out is what is refused to everybody. What would take away the key is steered elsewhere by the hooks.
    "deskie": Dialect(
        "/openapi/deskie.json",
        ("users.identify",),
        furnish_deskie,
        "tests.e2e.fuzzing.deskie.hooks",
    ),
    # Nothing is left out. What would take away the key, or whose it is, is steered elsewhere by the hooks.
    "kayako": Dialect(
        "/openapi/kayako.json",
        (),
        furnish_kayako,
        "tests.e2e.fuzzing.kayako.hooks",
    ),
}


@pytest.mark.campaign
@pytest.mark.parametrize("database", databases(), indirect=True)
@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_no_request_brings_an_answer_that_is_not_described(dialect: Dialect, house: House, tmp_path: Path) -> None:
    furnished = dialect.furnish(house)
    (tmp_path / "schemathesis.toml").write_text(_configuration(furnished.authorization))
    address = f"http://127.0.0.1:{house.port}{dialect.document}"
    with urlopen(address) as found:
        operations = sum(map(len, json.load(found)["paths"].values())) - len(dialect.left_out)
    report = subprocess.run(
        [
            *(sys.executable, "-m", "schemathesis.cli", "run", address),
            *("--checks", CHECKS, "--phases", PHASES),
            *("--max-examples", str(up_to(4, ALL // operations)), "--generation-deterministic"),
            *("--mode", "all", "--workers", "1", "--no-color", "--suppress-health-check", "all"),
            *(word for one in dialect.left_out for word in ("--exclude-operation-id", one)),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "SCHEMATHESIS_HOOKS": dialect.hooks,
            "PYTHONPATH": str(ROOT),
            "FUZZING_READY": json.dumps(furnished.ready),
            "FUZZING_ANSWERED": str(tmp_path / "answered.json"),
        },
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    print(report.stdout[-3000:])
    answered: dict[str, dict[str, int]] = json.loads((tmp_path / "answered.json").read_text())
    print(*_figures(answered), sep="\n")
    assert report.returncode == 0, report.stdout[-8000:] + report.stderr[-2000:]
    [tried] = re.findall(r"(\d+) generated", report.stdout) or ["0"]
    assert int(tried) >= up_to(operations, ALL)
    assert not FULL or _never_done(answered) == []


def _configuration(authorization: dict[str, str]) -> str:
    return "\n".join(
        f'[[operations]]\ninclude-path-regex = "^{beginning}"\nheaders = {{ Authorization = "{key}" }}'
        for beginning, key in sorted(authorization.items(), reverse=True)  # the first that fits is taken
    )


def _never_done(answered: dict[str, dict[str, int]]) -> list[str]:
    """The operations that never did what was asked of them."""
    return [name for name, found in answered.items() if not any(status < "3" for status in found)]


def _figures(answered: dict[str, Any]) -> list[str]:
    every = sum((Counter(found) for found in answered.values()), Counter[str]())
    done = sum(count for status, count in every.items() if status < "3")
    never = [f"never done: {name} {answered[name]}" for name in _never_done(answered)]
    return [f"{every.total()} requests, {done} answered 2xx: {dict(every)}", *never]
