"""The addresses of files on Deskie's wire. Pictures within a text are named by theirs, too."""

import re
from collections.abc import Iterable

from app.api.deskie.routing import PREFIX
from app.cases.attachments import Attachment
from app.cases.downloads import lasting_token
from app.config import deployed

PICTURE = re.compile(r'(?<=\ssrc=")cid:([^"]{1,300})(?=")')
Attachments = Iterable[Attachment]


def address_of(attachment: Attachment) -> str:
    """Where a file is to be had: for 30 days by the address alone, and then by whoever may see its case."""
    return f"{deployed().base_url}{PREFIX}/files/{lasting_token(attachment)}"


def with_addresses(html: str | None, attachments: Attachments) -> str:
    """HTML whose pictures are named by their addresses; none is an empty text."""
    known = {_escaped(one.content_id): address_of(one) for one in attachments if one.content_id}
    return PICTURE.sub(lambda match: known.get(match[1], match[0]), html or "")


def with_names(html: str | None, attachments: Attachments) -> str | None:
    """The same the other way round, for whoever sends back what he was shown."""
    for one in attachments:
        if html and one.content_id:
            html = html.replace(f'"{address_of(one)}"', f'"cid:{_escaped(one.content_id)}"')
    return html


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")
