"""Finding whom somebody means by a piece of a name or of an address, however many people there are."""

import pytest
from flask import Flask

from app.listing.fragments import Fragment
from app.listing.numbered import Numbered
from app.people.completing import addresses_like, persons_like
from app.people.everybody import everybody
from app.people.models import Role
from app.people.narrowing import called_with, known_with
from tests.conftest import on_both
from tests.crowd import fill
from tests.plans import plans

MANY = 20_000
ALL = tuple(Role)


@on_both
def test_among_many_somebody_is_found_by_an_index(context: Flask) -> None:
    fill(MANY)
    with plans() as explained:
        [one] = persons_like("omer 7770", ALL, (), 10)
        [address] = addresses_like("r7770@world", 10)
        [reached] = persons_like("r7770@world", ALL, (), 10)
        found = everybody([called_with([Fragment("omer 7770")])], Numbered(1, 10))
    assert (one.name, address.person, reached, found.total) == ("Customer 7770", one, one, 1)
    assert not any("Seq Scan" in plan or "SCAN persons" in plan or "SCAN identities" in plan for plan in explained)


@on_both
def test_of_many_who_are_meant_the_newest_come_first(context: Flask) -> None:
    fill(2_000)
    names = [one.name for one in persons_like("Customer", ALL, (1_001_999,), 3)]
    assert names == ["Customer 2000", "Customer 1998", "Customer 1997"]
    [newest, _] = addresses_like("customer", 2)
    assert newest.value.startswith("customer2000@")
    assert persons_like("Customer", (Role.OWNER,), (), 3) == []


@pytest.mark.usefixtures("context")
def test_what_is_too_short_means_nobody() -> None:
    assert (persons_like("cu", ALL, (), 3), addresses_like("@", 3)) == ([], [])
    with pytest.raises(ValueError, match="at least 3"):
        known_with(Fragment("cu"))
