"""A case for the browser of whoever holds its link: no address, no note, and no key."""

from uuid import UUID

from flask import Response

from app.api.auth import credentials
from app.api.casey.routing import Answer, route
from app.api.casey.views.public import PublicCase, public_case
from app.cases.downloads import attachment_in
from app.cases.links import Link, Purpose, link_by_secret
from app.errors import Unauthorized
from app.files.downloads import download
from app.mail.sending.masking.mask import Mask


@route("/public/case", "GET", None, answers=PublicCase, also=(404, 410))
def show() -> Answer:
    """The case as the holder of the link may see it."""
    return public_case(_link())


@route("/public/case/files/<uuid:uuid>", "GET", None, gives="*/*", also=(503,))
def content(uuid: UUID) -> Response:
    """A file that the case shows, to be saved; pictures may be shown."""
    link = _link()
    found = attachment_in(link.case, uuid, reader=link.person)
    name = Mask(link.person, link.case).file_name(found.name)
    return download(found.file, name, found.content_type, inline=True)


def _link() -> Link:
    """The link of this request. In the header alone: what stands in an address is written into logs."""
    found = credentials()
    if found.scheme != "link" or not found.secret:
        raise Unauthorized("This needs the secret of a case link, sent as: Authorization: Link ...")
    return link_by_secret(found.secret, Purpose.CASE)
