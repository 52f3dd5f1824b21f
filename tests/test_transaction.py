"""One transaction for a unit of work, and nothing that would take it back unseen."""

import pytest
from flask import Flask

from app.transaction import rehearsal, transaction


def test_a_transaction_is_not_opened_within_another(context: Flask) -> None:
    with transaction(), pytest.raises(RuntimeError, match="opened once"), transaction():
        pytest.fail("it was opened")


def test_a_rehearsal_takes_back_only_what_is_its_own(context: Flask) -> None:
    with transaction(), pytest.raises(RuntimeError, match="opened once"), rehearsal():
        pytest.fail("it would take back what the transaction did")
