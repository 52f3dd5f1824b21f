"""Which mails somebody of the team wants. What he must know, and what he has asked for, is no matter of wishes."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from app.people.models import MailTopic, Person


def wants(person: Person, topic: MailTopic) -> bool:
    """Whether mails of this kind are to be made for a person. Customers say so of each case instead."""
    return not person.team or topic not in person.unwanted_mails


def wanting(people: Sequence[Person], topic: MailTopic) -> Sequence[Person]:
    """Those who want such mails; all of them where nobody does, since somebody has to know."""
    return [one for one in people if wants(one, topic)] or people


def willing(topic: MailTopic) -> sa.ColumnElement[bool]:
    """The same as a condition."""
    return sa.cast(Person.unwanted_mails, sa.Text).not_like(f'%"{topic}"%')


def in_order(topics: Collection[str]) -> list[str]:
    """As they are kept: each once, in the order in which they are known."""
    return [str(one) for one in MailTopic if one in topics]
