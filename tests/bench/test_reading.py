"""The measurement of reading runs and prints, among a few cases; how fast anything is, is not asked here."""

import pytest

from bench import measuring, reading
from tests.servers.postgres import Postgres

KINDS = ("POST /cases", "GET /cases/{uuid}", "GET /cases, first page", "GET /cases, last page", "GET /search, all hit")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_it_prints_a_ratio_for_each_call_and_size_and_how_they_grow(
    kind: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    monkeypatch.setattr(reading, "CALLS", 1)
    monkeypatch.setenv("CASEY_BENCH_CASES", "50,80")
    url = None
    if kind == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.create_database("bench_cut")
    printed = [str(one) for one in reading.figures(url)]
    for name in KINDS:
        few, many, growth = (line for line in printed if line.startswith(f"{name}, of"))
        assert "/s" in few, few
        assert " of its floor (" in many, many
        assert "times as long as the smallest" in growth, growth
    assert "80 cases: INSERT INTO posts" in capsys.readouterr().err
