"""The files of messages."""

from uuid import UUID

from app.api.casey.routing import Answer, route
from app.cases.attachments import attachment_by_uuid
from app.files.downloads import download
from app.people.access import Act


@route("/attachments/<uuid:uuid>", "GET", Act.READ_CASES, gives="*/*", also=(503,))
def content(uuid: UUID) -> Answer:
    """The content of a file, byte for byte, to be saved; pictures may be shown."""
    found = attachment_by_uuid(uuid)
    return download(found.file, found.name, found.content_type, inline=True)
