"""The measurement of service levels runs and prints, among a few cases; how fast anything is, is not asked here."""

import pytest

from bench import measuring, sla


def test_it_prints_how_fast_it_looks_and_how_fast_it_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    monkeypatch.setattr(sla, "LOOKS", 1)
    monkeypatch.setattr(sla, "LATE", 5)
    monkeypatch.setenv("CASEY_BENCH_MEASURED", "60")
    assert [one.name for one in sla.figures(None)] == ["SLA, a look among 60", "SLA, breaches told of"]
