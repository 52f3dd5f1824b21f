"""The notes on a case, for the team alone."""

from uuid import UUID

from app.api.archives import archive_of
from app.api.auth import caller
from app.api.casey.posts import edit, own_post, written
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.fields import Page
from app.api.casey.schemas.posts import NewNote, NoteChange
from app.api.casey.views.posts import NoteAnswer, note_view
from app.api.casey.views.shapes import page, page_of
from app.cases.editing import delete_post, pin_post, unpin_post
from app.cases.models import PostKind
from app.cases.notes import write_note
from app.cases.posts import post_in, posts_page
from app.cases.queries import case_by_uuid, case_for_change
from app.errors import Forbidden, Invalid
from app.files.downloads import ARCHIVE
from app.people.access import Act
from app.people.persons import known_person

NOTES, NOTE = "/cases/<uuid:uuid>/notes", "/cases/<uuid:uuid>/notes/<uuid:note>"


@route(NOTES, "POST", Act.WRITE_CASES, takes=NewNote, answers=NoteAnswer, status=201)
def create(uuid: UUID, new: Json) -> Answer:
    """Put a note of somebody of the team on a case. Nobody is mailed."""
    case, author = case_for_change(uuid), known_person(new["sender"], field="from")
    text, content = written(new, "note")
    try:
        return note_view(write_note(case, text, by=author, channel="api", content=content))
    except Forbidden as error:
        raise Invalid(error.message, field="from") from None


@route(NOTES, "GET", Act.READ_CASES, asks=Page, answers=page_of(NoteAnswer))
def index(uuid: UUID, asked: Json) -> Answer:
    """The notes on a case, from the oldest on."""
    found = posts_page(case_by_uuid(uuid), PostKind.NOTE, after=asked["cursor"] or 0, limit=asked["limit"])
    return page([note_view(one) for one in found], found[-1].id if len(found) == asked["limit"] else None)


@route(NOTE, "GET", Act.READ_CASES, answers=NoteAnswer)
def show(uuid: UUID, note: UUID) -> Answer:
    """One note."""
    return note_view(post_in(case_by_uuid(uuid), note, PostKind.NOTE))


@route(f"{NOTE}/attachments", "GET", Act.READ_CASES, gives=ARCHIVE)
def files(uuid: UUID, note: UUID) -> Answer:
    """All files of a note as one archive (zip)."""
    return archive_of(post_in(case_by_uuid(uuid), note, PostKind.NOTE))


@route(NOTE, "PATCH", Act.WRITE_CASES, takes=NoteChange, answers=NoteAnswer)
def change(uuid: UUID, note: UUID, new: Json) -> Answer:
    """Give a note another text."""
    post = own_post(uuid, note, PostKind.NOTE)
    edit(post, new)
    return note_view(post)


@route(NOTE, "DELETE", Act.WRITE_CASES, answers=NoteAnswer)
def delete(uuid: UUID, note: UUID) -> Answer:
    """Take a note off the case."""
    post = own_post(uuid, note, PostKind.NOTE)
    delete_post(post, by=caller().person)
    return note_view(post)


@route(f"{NOTE}/pin", "POST", Act.WRITE_CASES, answers=NoteAnswer)
def pin(uuid: UUID, note: UUID) -> Answer:
    """Pin a note. A pinned one stays so."""
    post = own_post(uuid, note, PostKind.NOTE)
    pin_post(post, by=caller().person)
    return note_view(post)


@route(f"{NOTE}/unpin", "POST", Act.WRITE_CASES, answers=NoteAnswer)
def unpin(uuid: UUID, note: UUID) -> Answer:
    """Unpin a note. One that is not pinned stays so."""
    post = own_post(uuid, note, PostKind.NOTE)
    unpin_post(post, by=caller().person)
    return note_view(post)
