"""Whether somebody wants a mail about a post. In a case of his own he gets every answer, whatever he wishes."""

from app.cases.models import Post
from app.mail.models import MailPurpose
from app.people.models import MailTopic, Person
from app.people.wishes import wants


def wanted(purpose: MailPurpose, post: Post, to: Person) -> bool:
    """Whether it is to be made; what is neither a message nor a copy always is."""
    if purpose is MailPurpose.COPY:
        return wants(to, MailTopic.COPIES)
    if purpose is not MailPurpose.MESSAGE or to.id == post.case.requester_id:
        return True
    return wants(to, MailTopic.COLLEAGUES if post.author.team else MailTopic.CUSTOMERS)
