"""Who is at the page of a case: the link that his cookie names."""

from uuid import UUID

from app.cases.links import Link, Purpose, check_alive
from app.errors import NotFound
from app.extensions import db
from app.portal.exchange import UNOPENED, admission


def link_to(uuid: UUID, purpose: Purpose = Purpose.CASE) -> Link:
    """The link by which this reader is at the case. Raises NotFound without one, Gone for a dead one."""
    link = known_link_to(uuid, purpose)
    check_alive(link)
    return link


def known_link_to(uuid: UUID, purpose: Purpose) -> Link:
    """The same link, be it dead. Raises NotFound."""
    link = db.session.get(Link, admission(purpose))
    if link is None or link.purpose != purpose or link.case.uuid != uuid:
        raise NotFound(UNOPENED)
    return link
