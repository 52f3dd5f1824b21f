"""Mailing new links to those in a case who have asked for one."""

from app.cases.link_requests import LinkRequest
from app.cases.links import may_look
from app.extensions import db
from app.mail.models import MailPurpose
from app.mail.sending.outbox import queue_about_case
from app.people.persons import find_person


def answer_link_request(request_id: int) -> None:
    """Mail a link to whoever asked, if he is in the case; and forget that he did."""
    asked = db.session.get(LinkRequest, request_id, with_for_update=True)
    if asked is None:
        return
    person = find_person(asked.address)
    if person is not None and may_look(asked.case, person):
        queue_about_case(MailPurpose.NEW_LINK, asked.case, person)
    db.session.delete(asked)
