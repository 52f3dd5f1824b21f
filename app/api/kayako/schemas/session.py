"""What is said to get a token (RFC 6749)."""

from typing import Any

from marshmallow import ValidationError, validates_schema

from app.api.kayako.schemas.fields import parts
from app.api.kayako.signing_in import READ, SCOPES, WRITE
from app.api.lenient import Lenient, one_of, text

PASSWORD, REFRESH, CLIENT = "password", "refresh_token", "client_credentials"
# What each grant needs.
GRANTS = {
    PASSWORD: ("username", "password"),
    REFRESH: ("refresh_token",),
    CLIENT: ("client_id", "client_secret"),
}
KNOWN = [*SCOPES, *(f"{one}:{way}" for one in SCOPES for way in (READ, WRITE))]
LONGEST = 1000

Json = dict[str, Any]


class NewToken(Lenient):
    """Body of POST /oauth/token. The password of a person is an API key of his; the secret of a client is one too."""

    grant_type = one_of([*GRANTS], required=True)
    username = text(320)
    password = text(LONGEST)
    refresh_token = text(LONGEST)
    client_id = text(LONGEST)
    client_secret = text(LONGEST)
    scope = parts()

    @validates_schema
    def _needed(self, new: Json, **_: Any) -> None:
        for name in GRANTS[new["grant_type"]]:
            if not new.get(name):
                raise ValidationError(f"This field is required for the grant {new['grant_type']}.", field_name=name)
        scopes = {one for each in new.get("scope", ()) for one in each.split()}
        if not scopes <= {*KNOWN}:
            raise ValidationError(f"This must be some of {', '.join(KNOWN)}.", field_name="scope")
