"""The notes on cases, for the team alone."""

from app.api.authorship import check_may_change
from app.api.kayako.along import along
from app.api.kayako.envelope import One
from app.api.kayako.finding import case_at, case_to_change, number_in, person_calling
from app.api.kayako.naming import in_words_of_kayako
from app.api.kayako.paging import Along
from app.api.kayako.post_filters import NOTES as OF_NOTES
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.posts import TEXTS, NewNote, NoteChange
from app.api.kayako.views.written import NOTE
from app.api.kayako.writing import content_of, note_text
from app.cases.editing import edit_post, pin_post, unpin_post
from app.cases.models import Post, PostKind
from app.cases.notes import write_note
from app.cases.posts import post_numbered
from app.people.access import Act

NOTES, ONE = "/cases/<case>/notes", "/cases/<case>/notes/<note>"


@route(NOTES, "GET", Act.READ_CASES, asks=Along, shows=NOTE, many=True)
def index(case: str, asked: Json) -> Answer:
    """The notes on a case, the latest first."""
    return along(case_at(case), [OF_NOTES], asked, NOTE)


@route(NOTES, "POST", Act.WRITE_CASES, takes=NewNote, shows=NOTE, status=201)
def create(case: str, new: Json) -> Answer:
    """Put a note on a case. Nobody is mailed."""
    author = person_calling()
    with in_words_of_kayako(html="body_html"):
        text, html = note_text(new)
        content = content_of(new, html, by=author)
        note = write_note(case_to_change(case), text, by=author, channel="api", content=content)
    _pin(note, new)
    return One(NOTE, note)


@route(ONE, "GET", Act.READ_CASES, shows=NOTE)
def show(case: str, note: str) -> Answer:
    """One note."""
    return One(NOTE, post_numbered(case_at(case), number_in(note), PostKind.NOTE))


@route(ONE, "PUT", Act.WRITE_CASES, takes=NoteChange, shows=NOTE)
def update(case: str, note: str, new: Json) -> Answer:
    """Give a note another text, or pin it."""
    found = post_numbered(case_to_change(case), number_in(note), PostKind.NOTE)
    check_may_change(found)
    if any(name in new for name in TEXTS):
        with in_words_of_kayako(html="body_html"):
            edit_post(found, *note_text(new), by=person_calling())
    _pin(found, new)
    return One(NOTE, found)


def _pin(note: Post, new: Json) -> None:
    if "is_pinned" in new:
        (pin_post if new["is_pinned"] else unpin_post)(note, by=person_calling())
