"""A case with posts as mails bring them, and the mails that come of it, made but not sent."""

from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage

from sqlalchemy import select

from app.cases.content import Content
from app.cases.models import Case, Post
from app.cases.opening import open_case
from app.cases.participation import join_case
from app.cases.posting import post_message
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail
from app.mail.sending.composing.letter import compose
from app.people.models import Person
from app.people.persons import create_person, find_person
from tests.cast import BEN, UNA
from tests.reading import AS_READ

MAX = "max@customer.test"


def somebody(address: str) -> Person:
    """One of the cast."""
    found = find_person(address)
    assert found is not None
    return found


def opened_case(subject: str = "I found a bug") -> Case:
    """A case of una's in which ben and max are too."""
    case = open_case(somebody(UNA), subject, "It is over there!", channel="api")
    join_case(case, somebody(BEN))
    join_case(case, create_person("Max Other", MAX, by=None))
    db.session.flush()
    return case


def posted(case: Case, writer: str, text: str, content: Content | None = None) -> Post:
    """A message on the case."""
    post = post_message(case, text, by=somebody(writer), channel="mail", content=content)
    db.session.flush()
    return post


def outbound_for(post: Post, reader: str, purpose: MailPurpose = MailPurpose.MESSAGE) -> OutboundEmail:
    """The row of the mail about a post to one reader."""
    query = select(OutboundEmail).where(OutboundEmail.post_id == post.id, OutboundEmail.purpose == purpose)
    return db.session.scalars(query.where(OutboundEmail.address == reader)).one()


def made(post: Post, reader: str, purpose: MailPurpose = MailPurpose.MESSAGE) -> EmailMessage:
    """The mail about a post to one reader, as he gets it."""
    mail = message_from_bytes(compose(outbound_for(post, reader, purpose)).as_bytes(), policy=AS_READ)
    assert isinstance(mail, EmailMessage)
    return mail


def names_of(files: Sequence[EmailMessage]) -> list[str | None]:
    """What the files in a mail are called."""
    return [one.get_filename() for one in files]
