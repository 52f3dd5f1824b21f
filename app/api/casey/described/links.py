"""Links: what can be done with the thing that an answer shows, and where in the answer its address is."""

import re
from collections.abc import Sequence

from marshmallow import Schema, fields

from app.api.casey.routing import Operation
from app.api.casey.schemas.told import Json

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
# Where the uuid of a part stands in the answer that shows the whole.
WITHIN = {
    "message": "messages/0/uuid",
    "note": "notes/0/uuid",
    "person": "participants/0/uuid",
    "identity": "identities/0/uuid",
    "other": "links/0/case/uuid",
}


def name_of(operation: Operation) -> str:
    """The operationId."""
    return f"{operation.view.__module__.rpartition('.')[2]}.{operation.view.__name__}"


def links_of(operation: Operation, others: Sequence[Operation]) -> Json:
    """The operations that an answer leads on to, by their names."""
    shape, place = _shown(operation)
    home = _home(shape, others) if shape else None
    if shape is None or home is None:
        return {}
    found: Json = {}
    for one in others:
        if one.rule == home or one.rule.startswith(f"{home}/"):
            values = _values(operation, shape, place, home, one.rule)
            if values is not None:
                found[name_of(one)] = {"operationId": name_of(one), "parameters": values}
    return found


def _shown(operation: Operation) -> tuple[type[Schema] | None, str]:
    """What is shown by one that makes something, or lists things; and where in its answer."""
    answers = operation.answers
    if answers is None or "next" not in answers().fields:
        return (answers if operation.method == "POST" and operation.status in {201, 202} else None), ""
    items = answers().fields["items"]
    inner = items.inner if isinstance(items, fields.List) else None
    return (type(inner.schema) if isinstance(inner, fields.Nested) else None), "items/0/"


def _home(shape: type[Schema], others: Sequence[Operation]) -> str | None:
    """The address at which this, or what it is more of, is shown by itself."""
    shown = {one.answers: one.rule for one in others if one.method == "GET" and one.rule.endswith(">")}
    return next((shown[one] for one in shape.__mro__ if one in shown), None)


def _values(operation: Operation, shape: type[Schema], place: str, home: str, rule: str) -> dict[str, str] | None:
    """Where each part of the address is to be found; None if one of them is nowhere."""
    members = shape().fields
    own, asked = PART.findall(home), {name for _, name in PART.findall(operation.rule)}
    found: dict[str, str] = {}
    for kind, name in PART.findall(rule):
        if (kind, name) in own and name in asked:
            found[name] = f"$request.path.{name}"
        elif (kind, name) in own:
            known = name in members and (kind != "uuid" or isinstance(members[name], fields.UUID))
            found[name] = f"$response.body#/{place}{name if known else 'uuid'}"
        elif name in WITHIN and WITHIN[name].partition("/")[0] in members:
            found[name] = f"$response.body#/{place}{WITHIN[name]}"
        else:
            return None
    return found
