"""What every dialect shares: reading a request strictly."""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from app.errors import Invalid, Malformed, TooLarge
from app.text import UNSTORABLE

DEEPEST = 64
LARGEST_JSON = 2 * 1024 * 1024
LARGEST_NUMBER = 2**53
FORMS = {"multipart/form-data", "application/x-www-form-urlencoded"}


def json_body() -> Any:
    """The JSON body of this request, as often as it is asked for. Raises Malformed, with what is wrong, or TooLarge."""
    content = request.get_data() if (request.content_length or 0) <= LARGEST_JSON else None
    if content is None or len(content) > LARGEST_JSON:
        raise TooLarge(f"A JSON body must be at most {LARGEST_JSON // 1024 // 1024} MB large.")
    _check_is_json(content)
    return parsed_json(content)


def _check_is_json(content: bytes) -> None:
    """Raises Malformed for nothing, and for what neither says nor looks that it is JSON; parsing tells the rest."""
    if not content.strip():
        raise Malformed("There is no body. This call takes JSON, and be it {}.")
    if request.mimetype and not request.is_json and content.lstrip()[:1] not in {b"{", b"["}:
        taken = "This call takes JSON, sent with Content-Type: application/json."
        raise Malformed(f"The body is not JSON but {request.mimetype}. {taken}")


def parsed_json(content: bytes) -> Any:
    """What JSON says, read strictly. Raises Malformed, with what is wrong."""
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except RecursionError:
        raise Malformed(f"The JSON body is nested more than {DEEPEST} levels deep.") from None
    except UnicodeDecodeError:
        raise Malformed("The body is not valid UTF-8.") from None
    except json.JSONDecodeError as error:
        where = f"in line {error.lineno}, column {error.colno}"
        raise Malformed(f"The body is not valid JSON {where}: {error.msg[0].lower()}{error.msg[1:]}.") from None
    except ValueError as error:
        raise Malformed(f"The body is not valid JSON: {error}.") from None
    _check(found, 0)
    return found


def checked_text(text: str) -> str:
    """The same text. Raises Malformed for one that cannot be stored."""
    _check(text, 0)
    return text


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice in one object")
    return found


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _check(value: Any, depth: int) -> None:
    """Refuse what the database could not keep, or what would overflow on the way there."""
    if depth > DEEPEST:
        raise Malformed(f"The JSON body is nested more than {DEEPEST} levels deep.")
    if isinstance(value, str) and UNSTORABLE.search(value):
        raise Malformed("A text in the request contains a NUL character or half a surrogate pair.")
    if isinstance(value, float | int) and not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise Malformed("A number in the body is too large.")
    for inner in _inside(value):
        _check(inner, depth + 1)


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return (*value.keys(), *value.values())
    return value if isinstance(value, list) else ()


def body(schema: type[Schema], *, optional: bool = False) -> dict[str, Any]:
    """The body of this request as the schema describes it; where it is optional, nothing counts as an empty object.

    Raises Invalid with a sentence for each field.
    """
    return checked(schema, {} if optional and not request.content_length else json_body())


def query(schema: type[Schema]) -> dict[str, Any]:
    """The query string of this request as the schema describes it. Raises Malformed or Invalid."""
    asked = {name: values[-1] for name, values in request.args.lists()}
    _check(asked, 0)
    return checked(schema, asked)


def checked(schema: type[Schema], found: Any) -> dict[str, Any]:
    """What the schema makes of a value. Raises Invalid with the path of each field that is wrong."""
    try:
        loaded: dict[str, Any] = _made(schema).load(found)
    except ValidationError as error:
        fields = dict(_flattened(error.messages, ""))
        raise Invalid(_summary(fields), fields=fields) from None
    return loaded


@cache
def _made(schema: type[Schema]) -> Schema:
    """One of each is enough: it keeps nothing of what it loads, and making it copies every field."""
    return schema()


def _flattened(messages: Any, path: str) -> list[tuple[str, str]]:
    if isinstance(messages, dict):
        steps = [(f"{path}.{key}" if path else str(key), inner) for key, inner in messages.items()]
        return [found for step, inner in steps for found in _flattened(inner, step.removesuffix("._schema"))]
    return [(path if path != "_schema" else "", " ".join(str(message) for message in messages))]


def _summary(fields: dict[str, str]) -> str:
    first, sentence = next(iter(fields.items()))
    more = f" ({len(fields) - 1} more)" if len(fields) > 1 else ""
    return f"{first}: {sentence}{more}" if first else f"{sentence}{more}"
