"""Files of a case: on its page, for whoever holds its link, and one by one, by signed links in mails."""

from uuid import UUID

from flask import Blueprint, Response

from app.cases.attachments import Attachment
from app.cases.downloads import attachment_in, opened_file
from app.cases.links import Purpose
from app.cases.models import Case
from app.errors import NotFound
from app.files.downloads import download
from app.mail.sending.masking.mask import Mask
from app.people.models import Person
from app.portal.exchange import UNOPENED, opened

bp = Blueprint("files", __name__)


@bp.get("/cases/<uuid:uuid>/files/<uuid:file>")
def of_case(uuid: UUID, file: UUID) -> Response:
    """A file that the case page shows. Pictures open in the browser, everything else is saved."""
    link = opened(Purpose.CASE)
    if link.case.uuid != uuid:
        raise NotFound(UNOPENED)
    attachment = attachment_in(link.case, file, reader=link.person)
    return _download(attachment, link.case, link.person, inline=True)


@bp.get("/files/<token>")
def by_link(token: str) -> Response:
    """The file of a link in a mail. It is always saved, so that the link does not stay in the address bar."""
    attachment, case, person = opened_file(token)
    return _download(attachment, case, person, inline=False)


def _download(attachment: Attachment, case: Case, reader: Person, *, inline: bool) -> Response:
    name = Mask(reader, case).file_name(attachment.name)
    return download(attachment.file, name, attachment.content_type, inline=inline)
