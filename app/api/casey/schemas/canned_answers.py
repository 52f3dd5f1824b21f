"""What is said about canned answers."""

from app.api.casey.schemas.fields import Strict, flag, line, text
from app.api.casey.schemas.posts import Written
from app.cases.canned_answers import LONGEST_TITLE
from app.cases.content import LONGEST_HTML
from app.cases.posting import LONGEST_BODY


class NewCannedAnswer(Written):
    """Body of POST /canned-answers."""

    WORD = "text"

    title = line(LONGEST_TITLE, required=True, like="How to send a log")
    html = text(LONGEST_HTML)
    text = text(LONGEST_BODY, like="Please send us the file casey.log.")
    shared = flag(load_default=False)


class CannedAnswerChange(Strict):
    """Body of PATCH /canned-answers/{uuid}."""

    title = line(LONGEST_TITLE, like="How to send a log")
    html = text(LONGEST_HTML)
    text = text(LONGEST_BODY, like="Please send us the file casey.log.")
    shared = flag()
