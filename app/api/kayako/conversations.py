"""Conversations: cases from the side of whoever asked for them. Casey has no sessions of customers, so that they are
those of the caller himself, with what a customer sees of his.
"""

from functools import partial

from sqlalchemy.orm import joinedload

from app.api.kayako.along import along
from app.api.kayako.envelope import Many, One
from app.api.kayako.finding import number_in, person_calling
from app.api.kayako.naming import in_words_of_kayako
from app.api.kayako.paging import Along, Offset
from app.api.kayako.post_filters import ORIGINALS
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.conversations import ConversationsAsked, NewConversation, NewMessage
from app.api.kayako.selecting import narrowed
from app.api.kayako.views.conversation_messages import MESSAGE
from app.api.kayako.views.conversations import CONVERSATION
from app.api.kayako.words import HELPCENTER, kept_channel
from app.api.kayako.writing import content_of
from app.cases import criteria
from app.cases.answering import answer_case
from app.cases.models import Case, Status
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.queries import check_not_merged, locked
from app.cases.requested import case_asked_for
from app.people.access import Act

CONVERSATIONS, ONE = "/conversations", "/conversations/<conversation>"
MESSAGES = f"{ONE}/messages"
CHANNEL = kept_channel(HELPCENTER)
NEWEST_FIRST = "-created_at"


@route(CONVERSATIONS, "GET", Act.READ_CASES, asks=ConversationsAsked, shows=CONVERSATION, many=True)
def index(asked: Json) -> Answer:
    """What the caller himself has asked for, the newest first."""
    page = Offset.asked(asked)
    selection = narrowed(asked, criteria.requested_by([person_calling().id]))
    loads = (joinedload(Case.custom_status),)
    found = selection.page(NEWEST_FIRST, skip=page.skip, limit=page.limit, loads=loads)
    return Many(CONVERSATION, found.cases, found.total, page)


@route(CONVERSATIONS, "POST", Act.WRITE_CASES, takes=NewConversation, shows=CONVERSATION, status=201)
def create(new: Json) -> Answer:
    """Ask for something: a case is opened for the caller."""
    by = person_calling()
    with in_words_of_kayako():
        content = content_of(new, None, by=by)
        case = open_case(by, new["subject"], new["contents"], channel=CHANNEL, confirmed=True, content=content)
    return One(CONVERSATION, case)


@route(ONE, "GET", Act.READ_CASES, shows=CONVERSATION)
def show(conversation: str) -> Answer:
    """One of these."""
    return One(CONVERSATION, _at(conversation))


@route(MESSAGES, "GET", Act.READ_CASES, asks=Along, shows=MESSAGE, many=True)
def messages(conversation: str, asked: Json) -> Answer:
    """What was said in a conversation, the latest first."""
    return along(_at(conversation), [ORIGINALS["CASE_MESSAGE"]], asked, MESSAGE)


@route(MESSAGES, "POST", Act.WRITE_CASES, takes=NewMessage, shows=MESSAGE, status=201)
def write(conversation: str, new: Json) -> Answer:
    """Say more as whoever asked: the case is open again, and waits for the team."""
    locked(_at(conversation))
    case, by = _at(conversation), person_calling()
    check_not_merged(case)
    with in_words_of_kayako():
        content = content_of(new, None, by=by)
        said = partial(post_message, case, new["contents"], by=by, channel=CHANNEL, content=content)
        return One(MESSAGE, answer_case(case, said, {"status": Status.OPEN}, others=(), by=by))


def _at(conversation: str) -> Case:
    return case_asked_for(number_in(conversation), by=person_calling())
