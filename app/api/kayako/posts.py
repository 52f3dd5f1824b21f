"""The posts of cases: what was written on them and what happened to them."""

from app.api.kayako.along import along
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import case_at, one_at, person_calling, post_at
from app.api.kayako.post_filters import ORIGINALS, kinds_of
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.posts import SEEN, PostChange, PostsAsked
from app.api.kayako.views.email_original import ORIGINAL
from app.api.kayako.views.posts import POST
from app.cases.read_markers import mark_read
from app.cases.timeline_pages import entries_of
from app.mail.originals import original_of
from app.mail.sending.reach import mark_arrived, mark_seen
from app.people.access import Act

ONE = "/cases/posts/<post>"


@route("/cases/<case>/posts", "GET", Act.READ_CASES, asks=PostsAsked, shows=POST, many=True)
def index(case: str, asked: Json) -> Answer:
    """What was written on a case, the latest first; with other filters, what happened to it too."""
    found = case_at(case)
    if "resource_type" in asked and "id" in asked:
        rows = entries_of(found, [ORIGINALS[asked["resource_type"]]], asked["id"])
        return Many(POST, rows, len(rows))
    kinds = [ORIGINALS[asked["resource_type"]]] if "resource_type" in asked else kinds_of(asked.get("filters", ()))
    return along(found, kinds, asked, POST)


@route(ONE, "GET", Act.READ_CASES, shows=POST)
def show(post: str) -> Answer:
    """One post."""
    return one_at(POST, post)


@route(ONE, "PUT", Act.WRITE_CASES, takes=PostChange)
def update(post: str, new: Json) -> Answer:
    """Say that a post has arrived, or that it was seen, and with it all that stand before it."""
    found, reader = post_at(post), person_calling()
    if new["post_status"] == SEEN:
        mark_seen(found, by=reader)
        mark_read(found.case, found.id, by=reader)
    else:
        mark_arrived(found, by=reader)
    return Done()


@route(f"{ONE}/email_original", "GET", Act.READ_CASES, shows=ORIGINAL)
def email_original(post: str) -> Answer:
    """The mail that a post was made of."""
    return One(ORIGINAL, original_of(post_at(post)))
