"""How the house is set up, as Deskie's dialect tells it: fields, languages, addresses, and macros."""

from collections.abc import Callable
from typing import Any

import pytest

from app.cases.custom_fields import FieldType
from app.people.languages import LANGUAGES
from tests.api.deskie.client import Deskie
from tests.api_client import Api
from tests.cast import Cast
from tests.conftest import on_both

TWO = {"options": [{"key": "a", "title": "First"}, {"key": "b", "title": "Second"}]}
NEEDS = {
    FieldType.REGEX: {"pattern": "[A-Z]+"},
    FieldType.SELECT: TWO,
    FieldType.RADIO: TWO,
    FieldType.MULTI_SELECT: TWO,
    FieldType.CASCADING: {
        "options": [{"key": "fruit", "title": "Fruit"}, {"key": "apple", "title": "Apple", "parent": "fruit"}]
    },
}


def define(api: Api, level: str, type: str, key: str = "") -> Any:
    new = {"level": level, "key": key or type, "title": type.title(), "type": type, **NEEDS.get(FieldType(type), {})}
    answer = api.post("/fields", new)
    assert answer.status_code == 201, answer.text
    return answer.json


def rows(answer: Any, name: str) -> list[Any]:
    return [answer[str(number)][name] for number in range(len(answer) - 1)]


@on_both
def test_fields_are_told_as_the_nearest_type_that_deskie_knows(api: Api, deskie: Deskie) -> None:
    for type in FieldType:
        define(api, "case", type)
    found = rows(deskie.get("/custom_fields.json").json, "custom_field")
    assert {one["title"].lower(): one["field_type"] for one in found} == {
        "text": "text",
        "textarea": "textarea",
        "number": "text",
        "decimal": "text",
        "date": "date",
        "checkbox": "checkbox",
        "yes_no": "checkbox",
        "radio": "select",
        "select": "select",
        "multi_select": "select",
        "cascading": "select",
        "regex": "text",
        "file": "text",
    }
    by_title = {one["title"]: one for one in found}
    assert by_title["Text"] == {
        "field_id": by_title["Text"]["field_id"],
        "title": "Text",
        "field_type": "text",
        "field_level": "case",
        "active": True,
        "field_data": "",
    }
    assert [*by_title["Select"]["field_data"].values()] == ["First", "Second"]
    assert [*by_title["Cascading"]["field_data"].values()] == ["Fruit", "Fruit / Apple"]


def test_the_number_of_an_option_is_what_cases_say(api: Api, deskie: Deskie) -> None:
    define(api, "case", "select")
    [field] = rows(deskie.get("/custom_fields.json").json, "custom_field")
    [number, *_] = field["field_data"]
    name = f"cf_{field['field_id']}"
    assert deskie.opened(custom_fields={name: number})["custom_fields"] == {name: number}


def test_fields_of_cases_and_users_are_listed_and_no_others(api: Api, deskie: Deskie) -> None:
    for level in ("case", "person", "organization"):
        define(api, level, "text", key=level)
    api.delete("/fields/case/case")
    define(api, "case", "date")
    answer = deskie.get("/custom_fields.json").json
    assert [one["field_level"] for one in rows(answer, "custom_field")] == ["user", "case"]
    assert answer["total_count"] == 2
    assert deskie.get("/custom_fields.json?page=2&limit=1").json["0"] == answer["1"]


def test_languages_are_listed_by_the_numbers_that_cases_say(deskie: Deskie) -> None:
    answer = deskie.get("/languages.json").json
    assert answer["1"] == {"language": {"language_id": 2, "code": "en", "title": "English", "active": True}}
    assert answer["total_count"] == len(LANGUAGES)
    last = deskie.get("/languages.json?page=5&limit=10").json
    assert len(last) - 1 == len(LANGUAGES) - 40


@pytest.mark.settings(CASEY_MAIL_ALIASES="help@casey.test, shop@casey.test, Support@casey.test")
def test_our_addresses_are_listed_each_once_and_say_whether_they_are_read(api: Api, deskie: Deskie) -> None:
    new = {"server": "imap.casey.test", "password": "hush", "address": "shop@casey.test", "username": "shop"}
    mailbox = api.post("/mailboxes", new).json["uuid"]
    assert [*addresses(deskie).items()] == [
        ("support@casey.test", True),
        ("help@casey.test", True),
        ("shop@casey.test", True),
    ]
    api.patch(f"/mailboxes/{mailbox}", {"paused": True})
    assert addresses(deskie) == {"support@casey.test": True, "help@casey.test": True, "shop@casey.test": False}
    api.post("/config", {"mailEnable": False})
    assert not any(addresses(deskie).values())


def addresses(deskie: Deskie) -> dict[str, bool]:
    """Our addresses in their order, and whether each is read."""
    answer = deskie.get("/client_emails.json").json
    found = rows(answer, "client_emails")
    assert len({one["email_id"] for one in found}) == answer["total_count"] == len(found)
    return {one["email"]: one["active"] for one in found}


def test_the_number_of_an_address_stays_when_others_come(api: Api, deskie: Deskie) -> None:
    before = deskie.get("/client_emails.json").json["0"]["client_emails"]
    api.post("/config", {"mailAliases": ["a@casey.test", "help@casey.test"]})
    found = rows(deskie.get("/client_emails.json").json, "client_emails")
    assert found[0] == before
    api.post("/config", {"mailAliases": ["help@casey.test"]})
    assert rows(deskie.get("/client_emails.json").json, "client_emails")[1] == found[2]
    assert deskie.get("/client_emails.json?page=2&limit=1").json["0"]["client_emails"] == found[2]


def test_macros_are_the_canned_answers_that_one_sees(
    api: Api, deskie: Deskie, staff: Callable[[str], Deskie], cast: Cast
) -> None:
    assert deskie.get("/macros.json").json == {"common": {}, "personal": {}}
    for title in ("Zebra", "Apple"):
        api.post("/canned-answers", {"title": title, "html": "<p>Hello</p>", "shared": True})
    api.post("/canned-answers", {"title": "Olga's", "text": "Hello"})
    api.as_(cast.keys["ben"]).post("/canned-answers", {"title": "Ben's", "text": "Hi"})
    found = deskie.get("/macros.json").json
    category = found["common"]["0"]
    assert (category["title"], category["sort"], category["macros_category_id"]) == ("Without category", 99999, 0)
    assert [(one["title"], one["position"]) for one in category["data"].values()] == [("Apple", 0), ("Zebra", 1)]
    [(number, mine)] = found["personal"]["0"]["data"].items()
    assert mine == {
        "title": "Ben's",
        "position": 0,
        "group_name": "",
        "actions": [
            {
                "macro_action_id": int(number),
                "action_type": "email_to_user",
                "action_display_name": "Answer the user",
                "action_destination": "",
                "content": "Hi",
                "subject": "",
                "position": 1,
            }
        ],
    }
    assert category["data"]["1"]["actions"][0]["content"] == "<p>Hello</p>"
    assert "Ben's" not in staff("amy").get("/macros.json").text
