"""The changelog of a case."""

from app.api.deskie.changes import wanted
from app.api.deskie.finding import case_named
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.changelog import ChangelogAsked
from app.api.deskie.schemas.pages import page_asked, skipped
from app.api.deskie.views.changelog import Changelog, change_rows
from app.cases.changes import change_count, changes_of
from app.people.access import Act


@route("/cases/<cases>/changelog.json", "GET", Act.READ_CASES, asks=ChangelogAsked, answers=Changelog)
def index(cases: str, asked: Json) -> Answer:
    """What changed in a case: the last hundred changes, or a page of them."""
    case, which = case_named(cases), wanted(asked)
    total = change_count(case, which)
    found = changes_of(case, which, skip=skipped(asked, total), limit=page_asked(asked).limit)
    return {"changelog": change_rows(found), "total_count": total}
