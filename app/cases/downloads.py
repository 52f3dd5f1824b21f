"""Files for those in a case: which of them each may see, and signed links to single ones."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import ColumnElement, select

from app.cases.attachments import Attachment, attachment_by_uuid
from app.cases.links import may_look
from app.cases.models import DISCARDED, Case, Post, PostKind
from app.cases.queries import public
from app.clock import now
from app.config import deployed
from app.errors import Gone, NotFound
from app.extensions import db
from app.people.merging import present_id
from app.people.models import Person

LIFETIME = timedelta(days=30)
UNKNOWN = "There is no such file."
ONE, ALL = "lasting file", "lasting files"  # what a lasting token names


def shown_attachments(post: Post, *, reader: Person) -> list[Attachment]:
    """The files of a post that this reader may have.

    What names people's addresses goes to customers only when the team, or the reader himself, has attached it.
    """
    trusted = reader.team or post.author.team or post.author_id == reader.id
    return [one for one in post.attachments if trusted or not one.unmasked]


def attachment_in(case: Case, uuid: UUID, *, reader: Person) -> Attachment:
    """A file of this case. Raises NotFound, in the same words for what is not there and what is not for this reader."""
    query = select(Post).join(Attachment, Attachment.post_id == Post.id).where(Attachment.uuid == uuid)
    post = db.session.scalar(query.where(*_open_to(case, reader)))
    found = [one for one in shown_attachments(post, reader=reader) if one.uuid == uuid] if post else []
    if not found:
        raise NotFound(UNKNOWN)
    return found[0]


def _open_to(case: Case, reader: Person) -> Sequence[ColumnElement[bool]]:
    return [Post.case_id == case.id, Post.deleted_at.is_(None)] if reader.team else public(case)


def file_link(attachment: Attachment, person: Person, *, since: datetime | None = None) -> str:
    """An address under which this person gets this file for 30 days; the same each time it is asked for.

    The days count from ``since``, the making of a mail say, or else from the making of the attachment. The address is
    dead as soon as the person is taken out of the case.
    """
    end = int(((since or attachment.created_at) + LIFETIME).timestamp())
    return f"{deployed().base_url}/files/{_signer().dumps([attachment.uuid.hex, person.id, end])}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(deployed().secret_key, salt="file")


def lasting_token(attachment: Attachment) -> str:
    """What names a file in an address for the team: nobody guesses it, and it is the same for ever."""
    return _lasting(ONE, attachment.uuid)


def lasting_token_of_all(post: Post) -> str | None:
    """The same for all files of a post together, if it has several."""
    return _lasting(ALL, post.uuid) if len(post.attachments) > 1 else None


def _lasting(what: str, uuid: UUID) -> str:
    found: str = _lasting_signer(what).dumps(uuid.hex)
    return found


def _lasting_signer(what: str) -> URLSafeSerializer:
    return URLSafeSerializer(deployed().secret_key, salt=what)


def lasting_file(token: str) -> tuple[Attachment, bool]:
    """The file of a ``lasting_token``, and whether its message is so young that the address alone opens it.

    Raises NotFound for a forged one, and for a file that is not in a post any more.
    """
    attachment = attachment_by_uuid(_named_by(token, ONE))
    return attachment, _opened_by_address(db.session.get_one(Post, attachment.post_id))


def lasting_files(token: str) -> tuple[Post, bool]:
    """The post of a ``lasting_token_of_all``, likewise."""
    query = select(Post).where(Post.uuid == _named_by(token, ALL), Post.deleted_at.is_(None))
    post = db.session.scalar(query)
    if post is None:
        raise NotFound(UNKNOWN)
    return post, _opened_by_address(post)


def _named_by(token: str, what: str) -> UUID:
    try:
        return UUID(_lasting_signer(what).loads(token))
    except BadSignature:
        raise NotFound("This link is not known.") from None


def _opened_by_address(post: Post) -> bool:
    """A message in play opens by its address alone for a while; a note never does."""
    in_play = post.case.state not in DISCARDED
    return post.kind is PostKind.MESSAGE and in_play and post.created_at + LIFETIME > now()


def opened_file(token: str) -> tuple[Attachment, Case, Person]:
    """What an address of ``file_link`` opens, and for whom. Raises NotFound for a forged one, Gone for a dead one."""
    try:
        uuid, person_id, end = _signer().loads(token)
    except BadSignature:
        raise NotFound("This link is not known.") from None
    case, person = _case_with(UUID(uuid)), db.session.get(Person, present_id(person_id))
    if datetime.fromtimestamp(end, UTC) <= now() or person is None or not may_look(case, person):
        raise Gone("This link has expired.")
    return attachment_in(case, UUID(uuid), reader=person), case, person


def _case_with(uuid: UUID) -> Case:
    query = select(Case).join(Post, Post.case_id == Case.id).join(Attachment, Attachment.post_id == Post.id)
    case = db.session.scalar(query.where(Attachment.uuid == uuid))
    if case is None:
        raise NotFound(UNKNOWN)
    return case
