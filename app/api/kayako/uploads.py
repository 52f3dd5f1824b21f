"""Files that come before the posts that they are for."""

from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import found_at, one_at, person_calling
from app.api.kayako.incoming import FILES, arriving
from app.api.kayako.paging import Offset, Paged
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.views.files import FILE
from app.cases.uploads import remove_upload, upload, upload_count, uploads_of
from app.people.access import Act


@route("/files", "POST", Act.WRITE_CASES, parse=arriving, shows=FILE, either=True, status=201)
def create(new: Json) -> Answer:
    """Keep a file, which is the body, or several, which are in a form, until a post names them."""
    person = person_calling()
    made = [upload(one, by=person) for one in new[FILES]]
    return One(FILE, made[0]) if len(made) == 1 else Many(FILE, made, len(made))


@route("/files", "GET", Act.READ_CASES, asks=Paged, shows=FILE, many=True)
def index(asked: Json) -> Answer:
    """The files of the caller that wait for their posts, the latest first."""
    person, page = person_calling(), Offset.asked(asked)
    found = uploads_of(person, skip=page.skip, limit=page.limit)
    return Many(FILE, found, upload_count(by=person), page)


@route("/files/<file>", "GET", Act.READ_CASES, shows=FILE)
def show(file: str) -> Answer:
    """One of them."""
    return one_at(FILE, file)


@route("/files/<file>", "DELETE", Act.WRITE_CASES)
def delete(file: str) -> Answer:
    """Keep a file no longer."""
    remove_upload(found_at(FILE, file))
    return Done()
