"""A case as the team sees it: reading it, and its files."""

from uuid import UUID

from flask import Blueprint, Response

from app.cases.downloads import attachment_in
from app.cases.queries import case_by_uuid
from app.files.downloads import download
from app.mail.sending.masking.mask import Mask
from app.people.access import Act
from app.portal.team.case_page import case_page
from app.portal.team.session import guard, member

bp = Blueprint("team_case", __name__, url_prefix="/team/cases/<uuid:uuid>")
guard(bp, Act.READ_CASES)


@bp.get("")
def show(uuid: UUID) -> Response:
    """The whole case, and forms for what can be done to it."""
    return case_page(uuid)


@bp.get("/files/<uuid:file>")
def file(uuid: UUID, file: UUID) -> Response:
    """A file of it. Pictures open in the browser, everything else is saved."""
    case, me = case_by_uuid(uuid), member()
    found = attachment_in(case, file, reader=me)
    return download(found.file, Mask(me, case).file_name(found.name), found.content_type, inline=True)
