"""All files of a message or a note as one archive, in every dialect."""

from flask import Response

from app.cases.models import Post
from app.files.downloads import download_together


def archive_of(post: Post) -> Response:
    """The archive, called after the case; it is made while it is sent."""
    files = [(one.name, one.file) for one in post.attachments]
    return download_together(files, f"{post.case.reference}-{post.id}.zip", post.created_at)
