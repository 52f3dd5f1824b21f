"""Persons who have told us no name: they are called after where they are reached, which nobody else may see."""

from app.people.models import Identity, Person

LONGEST_NAME = 200


def name_after(value: str) -> str:
    """What somebody is called who has told us nothing but this."""
    return (value.partition("@")[0] or value)[:LONGEST_NAME]


def called_after(person: Person, identity: Identity) -> bool:
    """Whether a person's name is no more than this."""
    value = identity.value
    names = {one.strip().lower() for one in (value, value[:LONGEST_NAME], value.partition("@")[0])}
    return person.name.strip().lower() in names


def nameless(person: Person) -> bool:
    """Whether a person is called after any of the ways to reach him."""
    return any(called_after(person, one) for one in person.identities)
