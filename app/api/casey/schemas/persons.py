"""What is said about persons."""

from marshmallow import fields

from app.api.casey.schemas.fields import Strict, a_json_object, a_uuid_of, address, flag, one_of, text
from app.people.models import IdentityKind, MailTopic, Role
from app.people.wording import LANGUAGE, LONGEST_LANGUAGE

LONGEST_TEXT = 20_000


class _Described(Strict):
    """What may be said of a person at once and later. A ``meta`` of null for a key takes the key away."""

    team = flag()
    role = one_of(Role)
    language = text(LONGEST_LANGUAGE, like="en", pattern=f"^{LANGUAGE.pattern}$", allow_none=True)
    time_zone = text(60, like="Europe/Berlin", allow_none=True)
    designation = text(200, least=0)
    signature = text(LONGEST_TEXT, least=0)
    chat_signature = text(LONGEST_TEXT, least=0)
    alias = text(200, least=0, like="Benny", help="What customers call a member of the team; empty, it is the name.")
    unwanted_mails = fields.List(
        one_of(MailTopic),
        error_messages={"invalid": "This must be an array of words."},
        metadata={"description": "Mails that a member of the team does not get; none is missing where it is empty."},
    )
    note = text(LONGEST_TEXT, least=0)
    external_id = text(200, allow_none=True)
    organization = a_uuid_of("an organization", allow_none=True)
    meta = a_json_object()


class NewPerson(_Described):
    """Body of POST /persons."""

    name = text(200, required=True, like="Ben Foo")
    email = address(required=True)


class PersonChange(_Described):
    """Body of PATCH /persons/{uuid}."""

    name = text(200, like="Ben Foo")
    email = address(like="")
    disabled = flag()
    custom_fields = a_json_object(data_key="fields")


class NewIdentity(Strict):
    """Body of POST /persons/{uuid}/identities."""

    kind = one_of(IdentityKind, load_default=IdentityKind.EMAIL)
    value = text(320, required=True, like="ben@home.test")
    primary = flag(load_default=False)


class Linking(Strict):
    """Body of POST /persons/{uuid}/link and /unlink."""

    person = a_uuid_of("a person", required=True)


class Merging(Strict):
    """Body of POST /persons/{uuid}/merge."""

    into = a_uuid_of("a person", required=True)


class NewParticipant(Strict):
    """Body of POST /cases/{uuid}/participants."""

    email = address(required=True, like="amy@domain.tld")
    name = text(200, least=0, load_default="")
