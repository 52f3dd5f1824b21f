"""What is said by whoever asks for something."""

from app.api.kayako.paging import Paged
from app.api.kayako.schemas.case_lists import STATUSES
from app.api.kayako.schemas.cases import LONGEST_SUBJECT
from app.api.kayako.schemas.fields import words
from app.api.kayako.schemas.files import WithFiles
from app.api.lenient import text
from app.cases.posting import LONGEST_BODY


class ConversationsAsked(Paged):
    """Query of GET /conversations."""

    status = words(STATUSES)


class NewMessage(WithFiles):
    """Body of POST /conversations/{id}/messages."""

    contents = text(LONGEST_BODY, least=1, required=True)
    client_id = text(200, allow_none=True)


class NewConversation(NewMessage):
    """Body of POST /conversations."""

    subject = text(LONGEST_SUBJECT, least=1, required=True)
