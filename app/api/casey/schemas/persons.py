"""What is said about persons."""

from marshmallow import fields

from app.api.casey.schemas.fields import Page, Strict, a_json_object, flag, one_of, text
from app.people.models import Role


class PersonsPage(Page):
    """Query of the list of persons."""

    team = fields.Boolean(load_default=None, error_messages={"invalid": "This must be true or false."})
    email = text(320, load_default=None)


class NewPerson(Strict):
    """Body of POST /persons."""

    name = text(200, required=True)
    email = text(320, required=True)
    team = flag()
    role = one_of(Role)


class PersonChange(Strict):
    """Body of PATCH /persons/{uuid}."""

    name = text(200)
    email = text(320)
    team = flag()
    role = one_of(Role)
    disabled = flag()
    custom_fields = a_json_object(data_key="fields")


class NewParticipant(Strict):
    """Body of POST /cases/{uuid}/participants."""

    email = text(320, required=True)
    name = text(200, least=0, load_default="")
