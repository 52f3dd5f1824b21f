"""Customers: one by his number, and pages of those whom ``narrowing`` finds."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.errors import NotFound
from app.extensions import db
from app.listing.filters import Condition
from app.listing.numbered import Counted, Numbered, counted
from app.people.models import Person, Role


def customer_numbered(number: int) -> Person:
    """The customer with this id; of one who was merged, who he is now. Raises NotFound."""
    person = db.session.get(Person, number)
    person = person.merged_into or person if person else None
    if person is None or person.deleted_at or person.team:
        raise NotFound("There is no such customer.")
    return person


def customers_page(conditions: Sequence[Condition], page: Numbered) -> Counted[Person]:
    """Customers of whom all this holds, from the oldest on."""
    known = (Person.role == Role.CUSTOMER, Person.deleted_at.is_(None))
    query = select(Person).where(*known, *conditions).order_by(Person.id)
    return counted(query.options(selectinload(Person.organization)), page)
