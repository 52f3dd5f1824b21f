"""What stands for a picture where it is not seen: the words that the HTML of its post gives it."""

from collections.abc import Collection, Mapping
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from app.cases.attachments import Attachment
from app.cases.models import Post
from app.extensions import db


def alternatives_of(attachments: Collection[Attachment]) -> Mapping[int, str]:
    """These words, by the ids of the attachments that have some; the HTML of all of them is read at once."""
    pictures = [one for one in attachments if one.content_id]
    query = select(Post.id, Post.html).where(Post.id.in_({one.post_id for one in pictures}), Post.html.is_not(None))
    words = {id: alternatives_in(html or "") for id, html in db.session.execute(query)} if pictures else {}
    found = {one.id: words.get(one.post_id, {}).get(one.content_id or "") for one in pictures}
    return {id: text for id, text in found.items() if text}


def alternatives_in(html: str) -> Mapping[str, str]:
    """The words for each picture of an HTML that names one, by its Content-ID. The first ones count."""
    found: dict[str, str] = {}
    for picture in LexborHTMLParser(html).css("img[src][alt]"):
        scheme, _, source = (picture.attributes["src"] or "").partition(":")
        words = (picture.attributes["alt"] or "").strip()
        if scheme.lower() == "cid" and words:
            found.setdefault(unquote(source), words)
    return found
