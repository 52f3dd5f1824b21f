"""Lists of cases on Kayako's wire: what they are narrowed by, their order and pages, and what a page costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.discarding import mark_spam, trash_case
from app.cases.field_definitions import define_field
from app.cases.field_values import fill_fields
from app.cases.models import Case, Status
from app.cases.opening import open_case
from app.cases.statuses import change_custom_status, create_status, delete_status, status_by_label
from app.clock import now
from app.extensions import db
from app.people.identities import add_identity
from app.people.models import IdentityKind, Person
from app.people.organizations import create_organization
from app.people.profile import join_organization
from app.people.teams import add_member, create_team
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.api.kayako.furnishing import set_up
from tests.api.kayako.test_cases import wrong
from tests.cast import UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

MOST_STATEMENTS = 15
OPTIONAL = "include=*&fields=%2Btags,%2Breply_channels"


def ids(kayako: Kayako, query: str = "", path: str = "/cases") -> list[int]:
    answer = kayako.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json["total_count"] == len(answer.json["data"])
    return [one["id"] for one in answer.json["data"]]


@on_both
def test_cases_are_listed_by_what_changed_last_with_their_number(kayako: Kayako) -> None:
    first, second, third = (kayako.opened()["id"] for _ in range(3))
    kayako.put(f"/cases/{first}", {"priority_id": 4})
    page = kayako.get("/cases?limit=2")
    assert [one["id"] for one in page.json["data"]] == [first, third]
    assert {name: page.json[name] for name in ("resource", "offset", "limit", "total_count")} == {
        "resource": "case",
        "offset": 0,
        "limit": 2,
        "total_count": 3,
    }
    assert 'offset=2>; rel="next"' in page.headers["Link"]
    rest = kayako.get("/cases?limit=2&offset=2")
    assert [one["id"] for one in rest.json["data"]] == [second]
    assert "Link" not in rest.headers
    assert kayako.get("/cases?offset=9").json["data"] == []


@on_both
def test_a_list_is_narrowed_by_status_and_priority(app: Flask, kayako: Kayako, cast: Cast) -> None:
    new, waiting, own = kayako.opened()["id"], kayako.opened(status_id=3)["id"], kayako.opened(priority_id=4)["id"]
    with app.app_context(), transaction():
        create_status("Waiting for parts", Status.WAITING, by=None)
        change_custom_status(db.session.get_one(Case, own), "Waiting for parts", by=None)
    assert ids(kayako, "status=NEW") == [new]
    assert ids(kayako, "status=pending") == [waiting]
    assert ids(kayako, "status=CUSTOM") == [own]
    assert sorted(ids(kayako, "status=NEW,%20CUSTOM")) == [new, own]
    assert ids(kayako, "status=CLOSED,COMPLETED,OPEN") == []
    assert sorted(ids(kayako, "priority=3")) == [new, waiting]
    assert len(ids(kayako, "priority=4")) == 3
    assert ids(kayako, "priority=1") == ids(kayako, "priority=0") == []
    assert ids(kayako, "priority=4&status=PENDING") == [waiting]
    with app.app_context(), transaction():
        delete_status(status_by_label("Waiting for parts"), by=None)
    assert ids(kayako, "status=CUSTOM") == []
    assert own in ids(kayako, "status=PENDING")
    assert wrong(kayako.get("/cases?status=DONE")) == (400, "FIELD_INVALID", "status")
    assert wrong(kayako.get("/cases?priority=high")) == (400, "FIELD_INVALID", "priority")


@on_both
def test_a_list_is_narrowed_by_whose_the_cases_are(app: Flask, kayako: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        una = db.session.get_one(Person, cast.una.id)
        add_identity(una, IdentityKind.PHONE, "+49 30 1234567", by=None)
        add_identity(una, IdentityKind.TWITTER, "una", by=None)
    mine, hers = kayako.opened()["id"], kayako.opened(requester_id=cast.una.id)["id"]
    assert ids(kayako, f"identity_type=EMAIL&identity_value={UNA.upper()}") == [hers]
    assert ids(kayako, "identity_type=phone&identity_value=%2B49301234567") == [hers]
    assert ids(kayako, "identity_type=TWITTER&identity_value=una") == [hers]
    assert ids(kayako, "identityType=FACEBOOK&identityValue=una") == []
    assert ids(kayako, "identity_type=PHONE&identity_value=x") == []
    assert ids(kayako, path=f"/users/{cast.una.id}/cases") == [hers]
    assert ids(kayako, "status=PENDING", path=f"/users/{cast.una.id}/cases") == []
    assert ids(kayako, path=f"/users/{cast.ben.id}/cases") == [mine]
    assert wrong(kayako.get("/cases?identity_type=EMAIL")) == (400, "FIELD_REQUIRED", "identity_value")
    assert wrong(kayako.get("/cases?identity_type=FAX&identity_value=1")) == (400, "FIELD_INVALID", "identity_type")
    assert kayako.get("/users/777/cases").status_code == 404


def test_a_list_is_narrowed_to_an_organization(app: Flask, kayako: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        shop = create_organization("Shop", {}, by=None)
        join_organization(db.session.get_one(Person, cast.una.id), shop, by=None)
        number = shop.id
    kayako.opened()
    hers = kayako.opened(requester_id=cast.una.id)["id"]
    path = f"/organizations/{number}/cases"
    assert ids(kayako, path=path) == ids(kayako, "status=NEW&priority=2", path=path) == [hers]
    assert ids(kayako, "priority=1", path=path) == []
    assert kayako.get("/organizations/777/cases").status_code == 404


@on_both
def test_a_list_is_narrowed_by_tags_and_time(kayako: Kayako) -> None:
    with time_machine.travel(now() - timedelta(days=2)):
        old = kayako.opened(tags="late,broken")["id"]
    new = kayako.opened(tags="late")["id"]
    assert ids(kayako, "tags=late") == [new, old]
    assert ids(kayako, "tags=Broken,%20none") == [old]
    assert ids(kayako, "tags=none") == []
    yesterday = (now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert ids(kayako, f"start_time={yesterday}") == [new]
    assert wrong(kayako.get("/cases?start_time=soon")) == (400, "FIELD_INVALID", "start_time")


def test_cases_are_found_by_their_ids_wherever_they_are(app: Flask, kayako: Kayako) -> None:
    first, spam, gone, other = (kayako.opened(legacy_id=f"YAK-{one}")["id"] for one in range(4))
    with app.app_context(), transaction():
        mark_spam(db.session.get_one(Case, spam), by=None)
        trash_case(db.session.get_one(Case, gone), by=None)
    assert {*ids(kayako)} == {first, other}
    assert {*ids(kayako, f"ids={first},{spam},{gone},777")} == {first, spam, gone}
    assert {*ids(kayako, "legacy_ids=YAK-0,YAK-2,none")} == {first, gone}
    assert wrong(kayako.get("/cases?ids=one")) == (400, "FIELD_INVALID", "ids")


def test_a_case_that_nobody_has_confirmed_is_in_no_list(app: Flask, kayako: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        una = db.session.get_one(Person, cast.una.id)
        number = open_case(una, "Help", "Please", channel="api", confirmed=False).id
    assert ids(kayako) == ids(kayako, f"ids={number}") == []
    case = kayako.get(f"/cases/{number}").json["data"]
    assert (case["state"], case["status"]["id"]) == ("SUSPENDED", 1)


@on_both
def test_a_page_costs_the_same_however_long_it_is(app: Flask, kayako: Kayako, cast: Cast) -> None:
    asked = [statements(app, kayako, cast, cases) for cases in (2, 98)]
    assert max(asked) <= MOST_STATEMENTS, asked
    assert asked[0] == asked[1]


def statements(app: Flask, kayako: Kayako, cast: Cast, cases: int) -> int:
    """How often the database is asked for a page with everything in it, when there are so many cases more."""
    with app.app_context(), transaction():
        una, amy = (db.session.get_one(Person, one.id) for one in (cast.una, cast.amy))
        for _ in range(cases):
            open_case(amy, "Help", "Please", channel="api", confirmed=True, requester=una, tags=["late"])
    kayako.get("/cases")
    with queries(app) as known:
        kayako.get("/brands/1")
    with queries(app) as found:
        page = kayako.get(f"/cases?limit=100&{OPTIONAL}").json
    assert len(page["data"]) == page["total_count"]
    assert page["data"][0]["tags"][0]["name"] == "late"
    return len(found) - len(known)  # without those that find out who calls


@on_both
def test_a_page_that_names_something_of_every_kind_costs_no_more(
    app: Flask, user: Callable[[str], Kayako], cast: Cast
) -> None:
    """Service levels, forms, types, statuses, fields, teams with their hours, and organizations are all opened."""
    olga = user("olga")
    told = everything_told(app, olga, cast)
    for _ in range(3):
        olga.opened(requester_id=cast.una.id, tags="late", type_id=1, **told)
    with queries(app) as known:
        olga.get("/brands/1")
    with queries(app) as found:
        page = olga.get(f"/cases?limit=100&{OPTIONAL}").json["data"]
    assert len(found) - len(known) <= MOST_STATEMENTS
    one = page[0]
    assert (one["status"]["label"], one["type"]["label"], one["form"]["title"]) == ("Paused", "Question", "Returns")
    assert one["sla_version"]["metrics"][0]["goal_in_seconds"] == one["sla_metrics"][0]["target"]["goal_in_seconds"]
    assert one["custom_fields"][0]["field"]["options"][0]["values"][0]["translation"] == "Red"
    assert one["assigned_team"]["businesshour"]["title"] == "Office"
    assert [team["title"] for team in one["assigned_agent"]["teams"]] == ["Returns"]
    shop = one["requester"]["organization"]
    assert [shop["domains"][0]["domain"], shop["custom_fields"][0]["value"]] == [
        "store.test",
        str(shop["custom_fields"][0]["field"]["options"][0]["id"]),
    ]


def everything_told(app: Flask, olga: Kayako, cast: Cast) -> dict[str, Any]:
    """What is said of a case that names something of every kind."""
    made = set_up(app, olga)
    with app.app_context(), transaction():
        una, amy = (db.session.get_one(Person, one.id) for one in (cast.una, cast.amy))
        add_member(team := create_team("Returns", {}, by=None), amy, by=None)
        join_organization(una, shop := create_organization("Store", {"domains": ["store.test"]}, by=None), by=None)
        team.business_hours_id = made["hours"]
        db.session.flush()
        for level, owner in ((FieldLevel.PERSON, una), (FieldLevel.ORGANIZATION, shop)):
            gold = {"title": "Plan", "options": [{"key": "gold", "title": "Gold"}]}
            define_field(level, "plan", FieldType.SELECT, gold, by=None)
            db.session.flush()
            fill_fields(level, owner, {"plan": "gold"}, by=None)
        red = {"title": "Colour", "options": [{"key": "red", "title": "Red"}]}
        colour = define_field(FieldLevel.CASE, "colour", FieldType.SELECT, red, by=None)
        db.session.flush()
        chosen = {"colour": str(colour.options[0].id)}
        answering = {"assigned_team_id": team.id, "assigned_agent_id": amy.id}
    return {"status_id": made["status"], "form_id": made["form"], "field_values": chosen, **answering}


@pytest.mark.parametrize("call", ["/cases?ids=1", "/cases/1"])
def test_an_importer_gets_what_it_asks_for(kayako: Kayako, user: Callable[[str], Kayako], call: str) -> None:
    kayako.opened(type_id=1, tags="late")
    wished = "include=user,case_priority,case_status,channel,tag,case_type&fields=+tags"
    found: Any = kayako.get(f"{call}{'&' if '?' in call else '?'}{wished}").json["data"]
    case = found[0] if isinstance(found, list) else found
    assert (case["status"]["type"], case["priority"]["label"], case["source_channel"]["type"]) == (
        "NEW",
        "Normal",
        "MAIL",
    )
    assert [one["name"] for one in case["tags"]] == ["late"]
