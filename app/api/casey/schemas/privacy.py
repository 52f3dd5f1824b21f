"""What is said about privacy."""

from app.api.casey.schemas.fields import Strict, a_uuid_of, flag, text
from app.privacy.redacting import LONGEST, SHORTEST


class Erasing(Strict):
    """Body of POST /persons/{uuid}/erase."""

    posts = flag(load_default=False)


class Redaction(Strict):
    """Body of POST /redactions."""

    redacted = text(LONGEST, least=SHORTEST, required=True, data_key="text", like="4111 1111 1111 1111")
    case = a_uuid_of("a case")
