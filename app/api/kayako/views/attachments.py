"""Files of posts on Kayako's wire, and the small pictures of those that are pictures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_moment, a_number, a_text, things
from app.api.kayako.routing import base
from app.cases.attachments import Attachment, attachments_numbered
from app.cases.downloads import lasting_token, lasting_token_of_all
from app.cases.models import Post
from app.files.models import File
from app.files.pictures import KIND, Picture, pictures_of
from app.mail.alternatives import alternatives_of

ALL_AT_ONCE = "All attachments as one archive (zip), under the conditions of each; null where there are not several."


class AttachmentShape(Shape):
    """A file of a post."""

    id = a_number()
    name = a_text()
    size = a_number("In bytes.")
    width = a_number("Of a picture, once it was looked at.", none=True)
    height = a_number("Of a picture, once it was looked at.", none=True)
    type = a_text()
    content_id = a_text("What the HTML calls it.", none=True)
    alt = a_text("The words that the HTML gives a picture in it.", none=True)
    url = a_text("Opens the file without credentials for 30 days, and with them from then on.")
    url_download = a_text("The same, to be saved.")
    thumbnails = things()
    created_at = a_moment()


class ThumbnailShape(Shape):
    """A small picture."""

    id = a_number("That of the attachment.")
    name = a_text()
    size = a_number("In bytes.")
    width = a_number()
    height = a_number()
    type = a_text()
    url = a_text()
    created_at = a_moment()


@dataclass(frozen=True)
class Thumbnail:
    """The small picture of an attachment."""

    attachment: Attachment
    picture: Picture
    small: File


def attachment_refs(attachments: Sequence[Attachment]) -> list[Ref]:
    """References to files that are at hand."""
    return [Ref("attachment", one.id, row=one) for one in attachments]


def download_all_of(post: Post) -> str | None:
    """Where all files of a post are to be had as one archive, if it has several."""
    token = lasting_token_of_all(post)
    return f"{base()}/attachments/all/{token}" if token else None


def _attachments(rows: Sequence[Attachment], _optional: Collection[str]) -> list[Json]:
    pictures = pictures_of({one.file_id for one in rows})
    words = alternatives_of(rows)
    return [_attachment(one, words.get(one.id), *pictures.get(one.file_id, (None, None))) for one in rows]


def _attachment(one: Attachment, alt: str | None, picture: Picture | None, small: File | None) -> Json:
    url = f"{base()}/attachments/{lasting_token(one)}"
    thumbnail = Ref("thumbnail", one.id, row=Thumbnail(one, picture, small)) if picture and small else None
    return {
        "id": one.id,
        "name": one.name,
        "size": one.file.size,
        "width": picture.width if picture else None,
        "height": picture.height if picture else None,
        "type": one.content_type,
        "content_id": one.content_id,
        "alt": alt,
        "url": url,
        "url_download": f"{url}/download",
        "thumbnails": [thumbnail] if thumbnail else [],
        "created_at": one.created_at,
    }


def _thumbnails(rows: Sequence[Thumbnail], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.attachment.id,
            "name": one.attachment.name,
            "size": one.small.size,
            "width": one.picture.thumbnail_width,
            "height": one.picture.thumbnail_height,
            "type": KIND,
            "url": f"{base()}/attachments/{lasting_token(one.attachment)}/thumbnail",
            "created_at": one.small.created_at,
        }
        for one in rows
    ]


def _loaded(ids: Collection[int]) -> Mapping[int, Attachment]:
    return attachments_numbered(ids)


ATTACHMENT = Resource("attachment", AttachmentShape, _attachments, _loaded)
THUMBNAIL = Resource("thumbnail", ThumbnailShape, _thumbnails)
