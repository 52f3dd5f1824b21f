"""What is asked and said about users."""

from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate

from app.api.kayako.paging import Paged
from app.api.kayako.schemas.fields import numbers, parts, word, words
from app.api.lenient import TEXTS, Lenient, flag, text
from app.api.wire import parsed_json
from app.errors import Malformed
from app.people.models import Role


class Users(Paged):
    """Query of GET /users."""

    role = words([one.upper() for one in Role])
    team = numbers()
    organization = numbers()
    ids = numbers()
    legacy_ids = parts()
    is_enabled = flag()


class Members(Paged):
    """Query of GET /teams/{id}/members and /organizations/{id}/members."""

    is_enabled = flag()


class Known(Paged):
    """Query of a list that can be asked for by the ids of the integrator's own."""

    legacy_ids = parts()


MOST = validate.Length(min=1, max=20, error="There must be 1 to 20 of them.")
LONGEST_VALUE = 500
JOINED = ("AND", "OR")

Json = dict[str, Any]


class Proposition(Lenient):
    """That a field compares so with a value."""

    field = text(100, required=True)
    operator = text(100, required=True)
    value = text(LONGEST_VALUE, required=True)


class Collection(Lenient):
    """Some of them, all of which must hold, or any."""

    proposition_operator = word(JOINED, load_default="AND")
    propositions = fields.List(fields.Nested(Proposition), required=True, validate=MOST, error_messages=TEXTS)


class Predicates(Lenient):
    """Some of these, all of which must hold, or any."""

    collection_operator = word(JOINED, load_default="AND")
    collections = fields.List(fields.Nested(Collection), required=True, validate=MOST, error_messages=TEXTS)


class SmartList(Lenient):
    """Body of POST /users/filter: ``predicates`` as an object, or as a text that holds one."""

    predicates = fields.Nested(Predicates, required=True, error_messages=TEXTS)

    @pre_load
    def _read(self, said: Json, **_: Any) -> Json:
        found = said.get("predicates") if isinstance(said, dict) else None
        if not isinstance(found, str):
            return said
        try:
            return {**said, "predicates": parsed_json(found.encode())}
        except Malformed as error:
            raise ValidationError(error.message, field_name="predicates") from None
