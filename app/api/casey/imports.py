"""Cases taken over from elsewhere."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import request

from app.api.auth import caller
from app.api.casey.routing import Answer, Json, route
from app.api.casey.schemas.imports import ImportedCase, ImportQuery
from app.api.casey.views.bulk import JobAnswer, job_view
from app.api.wire import checked, parsed_json
from app.bulk.acts import IMPORT
from app.bulk.exporting import order_archive_import
from app.bulk.ordering import MOST_ROWS, order_job
from app.errors import CaseyError, Invalid
from app.export.archive import CASE
from app.export.reading import archive_in
from app.files.kept import Kept
from app.files.storing import keep
from app.mail.formatted import text_and_html
from app.people.access import Act

LINES, ZIP = "application/x-ndjson", "application/zip"


@dataclass(frozen=True)
class Given:
    """Cases to be taken over; one, if it comes in an archive."""

    cases: list[Json]
    archive: Kept | None = None


def _given() -> Given:
    """What is to be taken over. An archive is kept before the transaction, since the disk takes its time."""
    if request.mimetype != ZIP:
        return Given(_lines())
    content = BytesIO(request.get_data())
    with archive_in(content) as archive, archive.opened(CASE) as told:
        case = _case(told.read())
    return Given([case], keep(content))


def _lines() -> list[Json]:
    """The cases of an import, one a line, each as plain JSON. Raises Invalid with every line that is wrong."""
    lines = [line for line in request.get_data().split(b"\n") if line.strip()]
    if len(lines) > MOST_ROWS:
        raise Invalid(f"There are {len(lines):,} cases; one import takes at most {MOST_ROWS:,}.")
    partial = request.args.get("partial") == "true"
    found: list[Json] = []
    wrong: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        try:
            found.append(_case(line))
        except CaseyError as error:
            wrong |= _placed(error, number)
    if wrong and not partial:
        raise Invalid("Nothing was imported: some lines are wrong. Mend them, or import the others.", fields=wrong)
    if not found:
        raise Invalid("There is no case to be imported in the request.", fields=wrong)
    return found


def _case(line: bytes) -> Json:
    """A case as it was said, and its HTML as it may be shown."""
    said: Any = parsed_json(line)
    checked(ImportedCase, said)
    for number, message in enumerate(said["messages"]):
        if message.get("html") is not None:
            message["html"] = _safe(message, number)
    return dict(said)


def _safe(message: Json, number: int) -> str | None:
    try:
        return text_and_html(message["message"], message["html"], folded=True)[1]
    except Invalid as error:
        raise Invalid(error.message, field=f"messages.{number}.html") from None


def _placed(error: CaseyError, number: int) -> dict[str, str]:
    if not error.fields:
        return {f"line {number}": error.message}
    return {f"line {number}: {path}": sentence for path, sentence in error.fields.items()}


@route(
    "/imports/cases",
    "POST",
    Act.IMPORT_CASES,
    asks=ImportQuery,
    reads=(LINES, ZIP),
    parse=_given,
    answers=JobAnswer,
    status=202,
)
def import_cases(new: Given, asked: Json) -> Answer:
    """Take over cases with their history, one a line; with ``partial`` those that are right, whatever others are.

    An archive of one case is taken over with its mails and files.
    """
    if new.archive:
        [case] = new.cases
        return job_view(order_archive_import(case, new.archive, by=caller().person))
    return job_view(order_job(IMPORT, new.cases, asked, by=caller().person))
