"""The fixtures of a whole Casey over real servers."""

import pytest

from tests.e2e.dialects import DIALECTS, Dialect
from tests.e2e.people import BEN
from tests.house import House
from tests.real import dovecot, house, outside, valkey

__all__ = ["dovecot", "house", "outside", "valkey"]


@pytest.fixture
def everybody(house: House) -> dict[str, Dialect]:
    """ben, in every dialect. The house stands and works."""
    house.start("web", "worker", "ticker")
    ben = house.call("POST", "/persons", {"name": "Ben Foo", "email": BEN, "role": "agent", "team": True}).json
    key = house.call("POST", "/api-keys", {"person": ben["uuid"], "role": "agent", "name": "integration"}).json["key"]
    return {name: dialect(house, BEN, key) for name, dialect in DIALECTS.items()}
