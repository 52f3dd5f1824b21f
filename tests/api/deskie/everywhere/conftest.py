"""What holds for every route of Deskie's dialect is shown in a house that is furnished already."""

import pytest

from tests.api.deskie.client import Deskie
from tests.api.deskie.conftest import Staff
from tests.api.deskie.furnishing import Furnished, cast, database, furnished

__all__ = ["cast", "database", "furnished"]


@pytest.fixture
def olga(staff: Staff) -> Deskie:
    """The API for whoever has full access."""
    return staff("olga")


@pytest.fixture
def words(furnished: Furnished) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    return furnished.words
