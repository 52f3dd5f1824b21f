"""The messages of a case as one reader may see them: aliases for addresses, and what was quoted folded away."""

from app.cases.attachments import Attachment
from app.cases.content import Piece, pieces
from app.cases.downloads import shown_attachments
from app.cases.models import Case, Post, PostKind
from app.cases.posting import alias_in
from app.files.downloads import PICTURES
from app.mail.sending.masking.mask import Mask
from app.people.models import Person


def conversation(case: Case, posts: list[Post], *, reader: Person) -> list[dict[str, object]]:
    """What pages and browsers show of these posts."""
    mask = Mask(reader, case)
    return [_message(post, mask) for post in posts]


def _message(post: Post, mask: Mask) -> dict[str, object]:
    return {
        "id": post.id,
        "uuid": post.uuid,
        "writer": mask(alias_in(post.case, post.author, reader=mask.reader)),
        "note": post.kind is PostKind.NOTE,
        "mine": post.author_id == mask.reader.id,
        "team": post.author.team,
        "robot": post.robot,
        "verified": post.verified,
        "channel": post.channel,
        "pieces": [Piece(mask(one.text).strip("\n"), one.quoted) for one in pieces(post.body, post.visible)],
        "files": [_file(one, mask) for one in shown_attachments(post, reader=mask.reader)],
        "at": post.created_at,
    }


def _file(attachment: Attachment, mask: Mask) -> dict[str, object]:
    return {
        "uuid": attachment.uuid,
        "name": mask.file_name(attachment.name),
        "size": attachment.file.size,
        "picture": attachment.inline and attachment.content_type in PICTURES,
    }
