"""Bodies of Deskie's dialect: the envelope, what may stand beside it, and the same as a form, for every route."""

from typing import Any

import pytest

from app.api.deskie.routing import OPERATIONS
from tests.api.deskie.access import GUARDED
from tests.api.deskie.access.table import Guarded
from tests.api.deskie.client import Deskie
from tests.cast import UNA

Words = dict[str, str]

ENVELOPES = {f"{one.method} /api{one.rule}": one.inside for one in OPERATIONS if one.inside}
ENVELOPED = [route for route in GUARDED if route.name in ENVELOPES]
each_with_a_body = pytest.mark.parametrize("route", ENVELOPED, ids=lambda one: one.name)


def inside(route: Guarded, words: Words) -> tuple[str, str, Any]:
    """The address of a route, the name of the envelope, and what stands in it."""
    path, body = route.filled(words)
    [(name, said)] = body.items()
    return path, name, said


def brackets(said: Any, name: str) -> dict[str, str]:
    """What an object says, as the fields of a form."""
    if not isinstance(said, dict):
        return {name: str(said)}
    return {field: text for key, inner in said.items() for field, text in brackets(inner, f"{name}[{key}]").items()}


def test_every_envelope_of_the_protocol_is_known() -> None:
    assert {name for names in ENVELOPES.values() for name in names} == {
        *("case", "message", "note", "rate", "user", "staff", "group", "label", "labels"),
        *("company", "ideas_category", "custom_channel"),
    }
    assert {one.name for one in ENVELOPED} == ENVELOPES.keys()


@each_with_a_body
def test_a_body_without_its_envelope_is_refused(olga: Deskie, words: Words, route: Guarded) -> None:
    path, _, said = inside(route, words)
    answer = olga.call(route.method, path, json=said)
    assert (answer.status_code, answer.json["error"]) == (400, "wrong_request")


@each_with_a_body
def test_what_is_not_known_beside_the_envelope_and_in_it_is_left_alone(
    olga: Deskie, words: Words, route: Guarded
) -> None:
    path, name, said = inside(route, words)
    body = {"case_id": 123, "label_id": 5, name: {**said, "x": {"y": [1]}}}
    assert olga.call(route.method, path, json=body).status_code in {200, 201}


@each_with_a_body
@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_form_with_brackets_says_the_same(olga: Deskie, words: Words, route: Guarded, kind: str) -> None:
    path, name, said = inside(route, words)
    answer = olga.call(route.method, path, data=brackets(said, name), content_type=kind)
    assert answer.status_code in {200, 201}, answer.text


@pytest.mark.parametrize(
    ("path", "names", "said"),
    [
        ("/cases/{case}/note.json", ("note", "message"), {"content": "Hello"}),
        ("/labels.json", ("label", "labels"), {"label_title": "loud"}),
    ],
)
def test_an_envelope_that_has_two_names_is_taken_under_either(
    olga: Deskie, words: Words, path: str, names: tuple[str, str], said: Any
) -> None:
    for number, name in enumerate(names):
        body = {name: {key: f"{value} {number}" for key, value in said.items()}}
        assert olga.post(path.format(**words), body).status_code == 201


def test_a_body_that_is_no_json_is_refused_as_all_errors_are(olga: Deskie) -> None:
    for text in ("", "{", "null", '{"case": 5}', '{"case": []}'):
        answer = olga.call("POST", "/cases.json", data=text, content_type="application/json")
        assert (answer.status_code, answer.json["error"]) in {(400, "malformed"), (400, "wrong_request")}, text


@pytest.mark.parametrize("content_type", ["application/json", None])
@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"''"])
@pytest.mark.parametrize("verb", ["trash", "spam", "restore"])
def test_a_call_without_anything_to_say_takes_any_empty_body(
    olga: Deskie, verb: str, body: bytes, content_type: str | None
) -> None:
    case = olga.opened(UNA)["case_id"]
    answer = olga.put(f"/cases/{case}/{verb}.json", data=body, content_type=content_type)
    assert (answer.status_code, answer.json["case"]["case_id"]) == (200, case)
