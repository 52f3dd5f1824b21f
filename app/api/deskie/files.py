"""Files of messages and notes."""

from flask import Response

from app.api.auth import caller, check_allowed
from app.api.deskie.routing import bp
from app.api.wire import checked_text
from app.cases.downloads import lasting_file
from app.files.downloads import download
from app.people.access import Act


@bp.get("/files/<token>")
def by_link(token: str) -> Response:
    """A file by its address. It asks for a key once the message is older than 30 days."""
    attachment, young = lasting_file(checked_text(token))
    if not young:
        check_allowed(caller(), Act.READ_CASES)
    return download(attachment.file, attachment.name, attachment.content_type, inline=True)
