"""The measurement of pages runs and prints, in a tiny house; how fast anything is, is not asked here."""

import pytest

from bench import measuring, pages


def test_it_prints_how_long_pages_of_long_cases_take(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "ROUNDS", 1)
    monkeypatch.setattr(pages, "CALLS", 1)
    monkeypatch.setattr(pages, "MANY", 8)
    printed = [str(one) for one in pages.figures(None)]
    assert [one.partition("  ")[0] for one in printed] == [f"page of 8 messages, {who}" for who in ("customer", "team")]
    assert all(" of that of 5 (" in one for one in printed)
