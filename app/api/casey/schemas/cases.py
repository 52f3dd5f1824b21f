"""What is said about cases."""

from marshmallow import fields

from app.api.casey.schemas.fields import TEXTS, Strict, address, text
from app.api.casey.schemas.labels import tag_names
from app.api.casey.schemas.meta import own_data
from app.api.casey.schemas.posts import NewPost
from app.cases.posting import LONGEST_BODY


class Creator(Strict):
    """Who opens a case."""

    name = text(200, least=0, load_default="")
    email = address(required=True, like="some.user@other.tld")


class NewCase(NewPost):
    """Body of POST /cases."""

    WORD = "message"

    creator = fields.Nested(Creator, required=True, error_messages={**TEXTS, "type": "This must be a JSON object."})
    subject = text(500, required=True, like="I found a bug")
    message = text(LONGEST_BODY, like="There is a bug over there!")
    category = text(100, load_default=None, allow_none=True)
    tags = tag_names(load_default=list)
    meta = own_data(load_default=dict)


class Confirmation(Strict):
    """Body of POST /cases/confirm."""

    code = text(200, required=True, like="n0lk7tkBCQUys-zHNdPHUtCHffz_66SX3m3uJ-3FTaY")
