"""Files that wait for their posts, on Kayako's wire."""

from collections.abc import Collection, Mapping, Sequence

from app.api.kayako.finding import person_calling
from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text
from app.cases.uploads import Upload, uploads_with_ids


class FileShape(Shape):
    """A file that waits for its post."""

    id = a_number("What attachment_file_ids names.")
    name = a_text()
    size = a_number("In bytes.")
    type = a_text()
    content_id = a_text(none=True)
    created_at = a_moment()
    expires_at = a_moment()


def _files(rows: Sequence[Upload], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "name": one.name,
            "size": one.file.size,
            "type": one.content_type,
            "content_id": None,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
        }
        for one in rows
    ]


def _loaded(ids: Collection[int]) -> Mapping[int, Upload]:
    return uploads_with_ids(ids, by=person_calling())


FILE = Resource("file", FileShape, _files, _loaded, path="files/{}")
