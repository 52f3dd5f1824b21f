"""What is said about persons."""

from app.api.casey.schemas.fields import Strict, flag, one_of, text
from app.people.models import Role


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


class NewParticipant(Strict):
    """Body of POST /cases/{uuid}/participants."""

    email = text(320, required=True)
    name = text(200, least=0, load_default="")
