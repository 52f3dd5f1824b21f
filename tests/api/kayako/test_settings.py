"""How a house is set up, as Kayako's dialect shows and changes it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.cases.models import Case
from app.extensions import db
from tests.api.kayako.client import Kayako
from tests.api_client import Api
from tests.cast import UNA

OPTIONS = [{"value": "The ten", "tag": "ten"}, {"value": "The six"}]


@pytest.fixture
def olga(user: Callable[[str], Kayako]) -> Kayako:
    """The API for an owner."""
    return user("olga")


def made(olga: Kayako, path: str, **said: Any) -> Any:
    answer = olga.post(path, said)
    assert answer.status_code == 201, answer.text
    return answer.json["data"]


def test_types_are_four_and_whatever_else_was_said(api: Api, kayako: Kayako) -> None:
    api.patch(f"/cases/{api.opened(UNA)['uuid']}", {"type": "refund"})
    found = kayako.get("/cases/types").json["data"]
    assert [(one["id"], one["type"]) for one in found[:4]] == [
        (1, "QUESTION"),
        (2, "TASK"),
        (3, "PROBLEM"),
        (4, "INCIDENT"),
    ]
    assert (found[4]["label"], found[4]["type"]) == ("Refund", "CUSTOM")
    assert kayako.get(f"/cases/types/{found[4]['id']}").json["data"] == found[4]


def test_statuses_of_the_operators_own_are_made_changed_and_deleted(olga: Kayako) -> None:
    status = made(olga, "/cases/statuses", label="Waiting for parts", is_sla_active=False)
    assert (status["type"], status["is_sla_active"]) == ("CUSTOM", False)
    at = f"/cases/statuses/{status['id']}"
    changed = olga.put(at, {"label": "At the maker's", "is_sla_active": "true", "sort_order": "3"}).json["data"]
    assert (changed["label"], changed["is_sla_active"]) == ("At the maker's", True)
    assert olga.delete(at).json["status"] == 200
    assert olga.get(at).json["data"]["is_deleted"] is True
    assert olga.delete(at).status_code == 409
    assert olga.put("/cases/statuses/1", {"label": "Fresh"}).status_code == 409


def test_a_field_is_defined_with_its_options_and_opened_to_its_words(olga: Kayako) -> None:
    field = made(olga, "/cases/fields", title="Product", type="SELECT", options=OPTIONS)
    assert (field["key"], field["is_system"], len(field["options"])) == ("product", False, 2)
    wished = "fields=key,options(values(translation))"
    shown = olga.get(f"/cases/fields/{field['id']}?{wished}").json["data"]
    assert [one["values"][0]["translation"] for one in shown["options"]] == ["The ten", "The six"]
    assert olga.get(f"/cases/fields/{field['id']}/options").json["data"][0]["tag"] == "ten"
    changed = olga.put(f"/cases/fields/{field['id']}", {"is_required_for_agents": True, "title": "Goods"}).json["data"]
    assert (changed["title"], changed["is_required_for_agents"]) == ("Goods", True)
    assert olga.delete(f"/cases/fields/{field['id']}").status_code == 200
    assert olga.get(f"/cases/fields/{field['id']}").status_code == 404


def test_what_is_wrong_with_a_field_is_named_as_the_field_names_it(olga: Kayako) -> None:
    twice = [{"value": "The ten", "tag": "ten"}, {"value": "Ten again", "tag": "ten"}]
    for said, name in (
        ({"type": "SELECT", "options": twice}, "options.1.tag"),
        ({"type": "TEXT", "regular_expression": "x"}, "regular_expression"),
    ):
        answer = olga.post("/cases/fields", {"title": "Product", **said})
        assert (answer.status_code, answer.json["errors"][0]["parameter"]) == (400, name)


def test_what_every_case_has_is_among_the_fields_and_stays(olga: Kayako) -> None:
    found = olga.get("/cases/fields").json["data"]
    system = [one["type"] for one in found if one["is_system"]]
    assert system == ["SUBJECT", "MESSAGE", "PRIORITY", "STATUS", "TYPE", "TEAM", "ASSIGNEE"]
    assert olga.delete(f"/cases/fields/{found[0]['id']}").status_code == 409


def test_a_form_holds_fields(olga: Kayako) -> None:
    field = made(olga, "/cases/fields", title="Order", type="TEXT")
    form = made(olga, "/cases/forms", title="Returns", field_ids=str(field["id"]), is_default=True)
    assert olga.get("/cases/forms/default").json["data"]["id"] == form["id"]
    shown = olga.get(f"/cases/forms/{form['id']}?include=case_field,brand").json["data"]
    assert [one["key"] for one in shown["fields"] if not one["is_system"]] == ["order"]
    assert shown["brand"]["is_default"] is True
    wrong = olga.put(f"/cases/forms/{form['id']}", {"field_ids": "4711"}).json["errors"][0]
    assert (wrong["code"], wrong["parameter"]) == ("FIELD_INVALID", "field_ids")
    assert olga.delete(f"/cases/forms/{form['id']}").status_code == 200
    assert olga.get("/cases/forms").json["total_count"] == 0
    assert olga.get("/cases/forms/default").status_code == 404


def test_there_is_one_brand_and_the_mailbox_of_the_support_address(kayako: Kayako) -> None:
    [brand] = kayako.get("/brands").json["data"]
    assert kayako.get(f"/brands/{brand['id']}?include=locale").json["data"]["locale"]["locale"] == "en"
    [mailbox] = kayako.get("/mailboxes").json["data"]
    assert (mailbox["id"], mailbox["is_default"], "password" in mailbox) == (1, True, False)
    assert kayako.get("/mailboxes/1").json["data"]["address"] == mailbox["address"]


def test_a_case_is_opened_and_answered_by_mail_or_by_a_note(app: Flask, api: Api, kayako: Kayako) -> None:
    api.opened(UNA)
    with app.app_context():
        case = db.session.query(Case).one().id
    for path in ("/cases/channels", f"/cases/{case}/reply/channels"):
        found = kayako.get(f"{path}?include=mailbox").json["data"]
        assert [one["type"] for one in found] == ["MAIL", "NOTE"]
        assert found[0]["account"]["is_default"] is True
    assert [one["type"] for one in kayako.get(f"/cases/{case}/channels").json["data"]] == ["MAIL"]
    assert kayako.get("/cases/channels?user_id=4711").status_code == 400
    assert kayako.get("/cases/4711/channels").status_code == 404


def test_tags_are_made_renamed_and_deleted(olga: Kayako) -> None:
    tag = made(olga, "/tags", name="late")
    assert olga.post("/tags", {"name": "Late"}).json["errors"][0]["code"] == "FIELD_DUPLICATE"
    assert olga.put(f"/tags/{tag['id']}", {"name": "urgent"}).json["data"]["name"] == "urgent"
    assert olga.get("/tags?limit=1").json["total_count"] == 1
    assert olga.delete(f"/tags/{tag['id']}").status_code == 200
    assert olga.get(f"/tags/{tag['id']}").status_code == 404


def test_an_endpoint_is_a_webhook(olga: Kayako) -> None:
    url = "https://shop.example.com/casey"
    endpoint = made(olga, "/endpoints", title="Shop", type="http", attributes=[{"name": "url", "value": url}])
    shown = olga.get(f"/endpoints/{endpoint['id']}?include=endpoint_attribute").json["data"]
    assert shown["attributes"][0]["value"] == url
    at = f"/endpoints/{endpoint['id']}"
    assert olga.put(at, {"is_enabled": False}).json["data"]["is_enabled"] is False
    assert olga.put(at, {"is_enabled": True, "title": "Store"}).json["data"]["title"] == "Store"
    [error] = olga.post("/endpoints", {"title": "Nowhere"}).json["errors"]
    assert (error["code"], error["parameters"]) == ("ANY_FIELD_REQUIRED", ["url", "attributes"])
    assert olga.delete(at).status_code == 200
    assert olga.get("/endpoints").json["total_count"] == 0


def test_there_are_no_triggers_and_no_monitors(kayako: Kayako) -> None:
    for path in ("/triggers", "/monitors"):
        assert (kayako.get(path).json["data"], kayako.get(path).json["total_count"]) == ([], 0)


def test_a_list_is_cut_into_pages_and_says_where_the_next_is(kayako: Kayako) -> None:
    first = kayako.get("/locales?limit=2")
    assert (len(first.json["data"]), first.json["offset"], first.json["limit"]) == (2, 0, 2)
    assert first.headers["Link"].endswith('limit=2&offset=2>; rel="next"')
    total = first.json["total_count"]
    last = kayako.get(f"/locales?offset={total - 1}")
    assert (len(last.json["data"]), "Link" in last.headers) == (1, False)
    assert kayako.get("/locales?limit=100000").json["limit"] == 200
    assert kayako.get("/locales?limit=0").status_code == 400


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/cases/fields"), ("POST", "/tags"), ("POST", "/cases/forms"), ("GET", "/endpoints")]
)
def test_who_is_no_admin_sets_nothing_up(kayako: Kayako, method: str, path: str) -> None:
    said = {"title": "X", "name": "X", "type": "TEXT"}
    answer = kayako.call(method, path, json=said)
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (403, "PERMISSIONS_DENIED")
