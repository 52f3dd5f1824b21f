"""A case for the browser of whoever holds its link."""

from typing import Any

from app.api.casey.routing import PREFIX
from app.api.casey.views.shapes import (
    Json,
    Shape,
    a_flag,
    a_moment,
    a_number,
    a_text,
    a_uuid,
    a_word,
    many,
    moment,
)
from app.cases.content import Piece
from app.cases.links import Link
from app.cases.models import State, Status
from app.cases.posting import takes_messages
from app.cases.reading import messages_of
from app.config import deployed
from app.mail.conversation import conversation
from app.mail.sending.masking.mask import Mask

SHOWN = 200


class PublicFile(Shape):
    """A file of a message."""

    uuid = a_uuid()
    name = a_text()
    size = a_number(help="In bytes.")
    url = a_text()


class PublicPiece(Shape):
    """A piece of a text, new or quoted."""

    text = a_text()
    quoted = a_flag()


class PublicMessage(Shape):
    """A message, under the name by which its writer is known in the case."""

    uuid = a_uuid()
    writer = a_text()
    mine = a_flag("Whether the holder of the link wrote it.")
    team = a_flag()
    pieces = many(PublicPiece)
    files = many(PublicFile)
    created_at = a_moment()


class PublicCase(Shape):
    """A case without addresses and notes."""

    uuid = a_uuid()
    reference = a_text()
    subject = a_text()
    state = a_word(State)
    status = a_word(Status)
    takes_messages = a_flag()
    created_at = a_moment()
    messages = many(PublicMessage, help=f"The latest {SHOWN}.")
    more = a_flag("Whether there are more messages than are shown.")


def public_case(link: Link) -> Json:
    """The case as the holder of the link may see it."""
    case = link.case
    posts = messages_of(case, latest=SHOWN)
    return {
        "uuid": str(case.uuid),
        "reference": case.reference,
        "subject": Mask(link.person, case)(case.subject),
        "state": case.state,
        "status": case.status,
        "takes_messages": takes_messages(case),
        "created_at": moment(case.created_at),
        "messages": [_message(one) for one in conversation(case, posts, reader=link.person)],
        "more": len(posts) == SHOWN,
    }


def _message(shown: dict[str, Any]) -> Json:
    return {
        "uuid": str(shown["uuid"]),
        "writer": shown["writer"],
        "mine": shown["mine"],
        "team": shown["team"],
        "pieces": [_piece(one) for one in shown["pieces"]],
        "files": [_file(one) for one in shown["files"]],
        "created_at": moment(shown["at"]),
    }


def _piece(piece: Piece) -> Json:
    return {"text": piece.text, "quoted": piece.quoted}


def _file(file: dict[str, Any]) -> Json:
    address = f"{deployed().base_url}{PREFIX}/public/case/files/{file['uuid']}"
    return {"uuid": str(file["uuid"]), "name": file["name"], "size": file["size"], "url": address}
