"""A case as the team sees it: reading it, its files, and the mails that came to it."""

from uuid import UUID

from flask import Blueprint, Response

from app.cases.attachments import Attachment, attachment_by_uuid
from app.cases.custom_fields import FieldLevel
from app.cases.downloads import attachment_in
from app.cases.field_values import fields_of
from app.cases.models import Case
from app.cases.queries import case_by_uuid
from app.errors import NotFound
from app.files.downloads import download
from app.mail.sending.masking.mask import Mask
from app.people.access import Act
from app.portal.team.case_page import case_page
from app.portal.team.pages import named_uuid
from app.portal.team.session import guard, member

bp = Blueprint("team_case", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.READ_CASES)


@bp.get("")
def show(uuid: UUID) -> Response:
    """The case with the latest that was written, or with what came before, and forms for what can be done to it."""
    return case_page(uuid)


@bp.get("/files/<uuid:file>")
def file(uuid: UUID, file: UUID) -> Response:
    """A file of it. Pictures open in the browser, everything else is saved."""
    case = case_by_uuid(uuid)
    return _download(case, attachment_in(case, file, reader=member()))


@bp.get("/fields/<key>")
def file_in_field(uuid: UUID, key: str) -> Response:
    """The file that a field of it names, which may be another case's. Raises NotFound."""
    case = case_by_uuid(uuid)
    named = named_uuid(str(fields_of(FieldLevel.CASE, case.id).get(key)))
    if named is None:
        raise NotFound("There is no such file.")
    return _download(case, attachment_by_uuid(named))


def _download(case: Case, found: Attachment) -> Response:
    return download(found.file, Mask(member(), case).file_name(found.name), found.content_type, inline=True)
