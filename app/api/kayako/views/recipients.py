"""To whom messages were mailed, on Kayako's wire."""

from collections.abc import Collection, Sequence

from app.api.kayako.resources import Json, Ref, Resource, Shape, a_moment, a_number, a_text, a_thing
from app.mail.sending.recipients import Recipient


class RecipientShape(Shape):
    """Somebody to whom a message was mailed."""

    id = a_number()
    type = a_text("TO for those to whom it was written, CC for everybody else who got it.")
    name = a_text()
    email = a_text("Where it was mailed to.")
    identity = a_thing("The same, unless he has lost this address since.")
    created_at = a_moment()


def recipient_refs(recipients: Sequence[Recipient]) -> list[Ref]:
    """References to recipients that are at hand."""
    return [Ref(RECIPIENT.kind, one.id, row=one) for one in recipients]


def _recipients(rows: Sequence[Recipient], _optional: Collection[str]) -> list[Json]:
    return [
        {
            "id": one.id,
            "type": "TO" if one.for_him else "CC",
            "name": one.name,
            "email": one.address,
            "identity": Ref("identity_email", one.identity.id, row=one.identity) if one.identity else None,
            "created_at": one.at,
        }
        for one in rows
    ]


RECIPIENT = Resource("message_recipient", RecipientShape, _recipients)
