"""Mails as they came, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Resource, Shape, a_moment, a_number, a_text
from app.mail.originals import Original


class OriginalShape(Shape):
    """A mail as it came."""

    id = a_number()
    subject = a_text()
    to = a_text()
    received_at = a_moment()
    html_content = a_text("As it may be shown: without scripts, styles and pictures from elsewhere.")
    striped_html = a_text("The same without what it quotes.")
    source_content = a_text("The headers, as they are written.")


OriginalShape._declared_fields["from"] = a_text()  # no name of Python's


def _originals(rows: Sequence[Original], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "subject": one.subject,
            "from": one.sender,
            "to": one.recipients,
            "received_at": one.received_at,
            "html_content": one.html,
            "striped_html": one.new_html,
            "source_content": one.head,
        }
        for one in rows
    ]


ORIGINAL = Resource("email_original", OriginalShape, _originals, name="post")
