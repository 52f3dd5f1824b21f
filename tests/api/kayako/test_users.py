"""Users by Kayako's dialect: listed, shown, made, changed and deleted."""

from typing import Any

import pytest
from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.extensions import db
from app.people.identities import add_identity
from app.people.models import IdentityKind, Person
from app.people.organizations import create_organization
from app.people.persons import create_person
from app.people.profile import describe_person, join_organization
from app.people.teams import add_member, create_team
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import BEN, UNA, Cast
from tests.conftest import on_both
from tests.queries import queries

USUAL = {
    "status_message",
    "last_seen_user_agent",
    "last_seen_ip",
    "last_seen_at",
    "realtime_channel",
    "password_updated_at",
    "avatar_updated_at",
    "last_logged_in_at",
    "avatar",
    "greeting",
}


def ids(answer: Any) -> list[int]:
    return [one["id"] for one in answer.json["data"]]


def furnish(app: Flask, cast: Cast) -> None:
    """Ben and amy in a team, una in an organization, with a telephone and a field."""
    with app.app_context(), transaction():
        team = create_team("Support", {"external_id": "t-1"}, by=None)
        for one in (cast.ben, cast.amy):
            add_member(team, db.session.get_one(Person, one.id), by=None)
        una = db.session.get_one(Person, cast.una.id)
        join_organization(una, create_organization("Shop", {"domains": ["shop.test"]}, by=None), by=None)
        for kind, value in ((IdentityKind.PHONE, "+49 30 1234567"), (IdentityKind.TWITTER, "una")):
            add_identity(una, kind, value, by=None)
        describe_person(una, {"external_id": "u-1", "language": "pt-BR", "time_zone": "Asia/Karachi"}, by=None)


@on_both
def test_a_user_is_shown_with_all_that_he_names(app: Flask, kayako: Kayako, cast: Cast) -> None:
    furnish(app, cast)
    una = kayako.get(f"/users/{cast.una.id}").json["data"]
    assert (una["full_name"], una["uuid"], una["legacy_id"]) == ("Una Customer", str(cast.una.uuid), "u-1")
    assert (una["is_enabled"], una["is_mfa_enabled"], una["role"]) == (True, False, {"id": 4, "resource_type": "role"})
    assert (una["agent_case_access"], una["organization_case_access"]) == (None, "REQUESTED")
    assert una["organization"]["resource_type"] == "organization"
    assert (una["locale"], una["time_zone"], una["time_zone_offset"]) == ("pt-br", "Asia/Karachi", 18000)
    assert [one["resource_type"] for name in ("emails", "phones", "twitter") for one in una[name]] == [
        "identity_email",
        "identity_phone",
        "identity_twitter",
    ]
    assert (una["facebook"], una["teams"]) == ([], [])
    assert {una[name] for name in USUAL} == {None}
    assert una["resource_url"].endswith(f"/api/v1/users/{cast.una.id}")
    ben = kayako.get(f"/users/{cast.ben.id}").json["data"]
    assert (ben["agent_case_access"], ben["organization_case_access"]) == ("ALL", None)
    [team] = ben["teams"]
    assert (team["legacy_id"], team["resource_type"]) == ("t-1", "team")


@on_both
def test_what_a_user_names_is_opened(app: Flask, kayako: Kayako, cast: Cast) -> None:
    furnish(app, cast)
    una = kayako.get(f"/users/{cast.una.id}?include=*").json["data"]
    assert una["role"]["type"] == "CUSTOMER"
    assert (una["emails"][0]["email"], una["emails"][0]["is_primary"]) == (UNA, True)
    assert una["phones"][0]["number"] == "+49 30 1234567"
    assert una["twitter"][0]["screen_name"] == "una"
    assert (una["organization"]["name"], una["organization"]["domains"][0]["domain"]) == ("Shop", "shop.test")
    ben = kayako.get(f"/users/{cast.ben.id}?include=team,role").json["data"]
    assert (ben["teams"][0]["title"], ben["teams"][0]["member_count"], ben["role"]["title"]) == ("Support", 2, "Agent")


def test_a_caller_sees_himself(kayako: Kayako, cast: Cast) -> None:
    assert kayako.get("/me").json == {**kayako.get(f"/users/{cast.ben.id}").json}
    assert kayako.get("/me?include=identity_email").json["data"]["emails"][0]["email"] == BEN


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("999999", "RESOURCE_NOT_FOUND"),
        ("99999999999", "RESOURCE_NOT_FOUND"),
        ("x", "RESOURCE_ACTION_NOT_AVAILABLE"),
    ],
)
def test_nobody_is_found_by_a_number_that_nobody_has(kayako: Kayako, wrong: str, code: str) -> None:
    assert kayako.get(f"/users/{wrong}").json["errors"][0]["code"] == code


@on_both
def test_users_are_listed_from_the_newest_back(kayako: Kayako, cast: Cast) -> None:
    everybody = sorted((one.id for one in (cast.una, cast.ben, cast.amy, cast.olga)), reverse=True)
    first = kayako.get("/users?limit=3")
    assert ids(first) == everybody[:3]
    assert (first.json["total_count"], first.json["offset"], first.json["limit"]) == (4, 0, 3)
    assert 'offset=3>; rel="next"' in first.headers["Link"].replace("&limit=3", "").replace("limit=3&", "")
    assert ids(kayako.get("/users?limit=3&offset=3")) == everybody[3:]


@on_both
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("role=customer", ["una"]),
        ("role=AGENT,OWNER", ["olga", "ben"]),
        ("team={team}", ["amy", "ben"]),
        ("organization={organization}", ["una"]),
        ("legacy_ids=u-1,u-2", ["una"]),
        ("ids={ben},{una}", ["ben", "una"]),
        ("is_enabled=false", []),
        ("role=CUSTOMER&ids={ben}", []),
    ],
)
def test_users_are_asked_for(app: Flask, kayako: Kayako, cast: Cast, asked: str, found: list[str]) -> None:
    furnish(app, cast)
    team = kayako.get("/teams").json["data"][0]["id"]
    organization = kayako.get("/organizations").json["data"][0]["id"]
    words = {"team": team, "organization": organization, "ben": cast.ben.id, "una": cast.una.id}
    assert ids(kayako.get(f"/users?{asked.format(**words)}")) == [getattr(cast, name).id for name in found]


@on_both
@pytest.mark.parametrize(("path", "most"), [("/users", 12), ("/organizations", 8), ("/teams", 7)])
def test_a_long_page_takes_few_statements(app: Flask, kayako: Kayako, cast: Cast, path: str, most: int) -> None:
    furnish(app, cast)
    with app.app_context(), transaction():
        define_field(FieldLevel.PERSON, "plan", FieldType.TEXT, {"title": "Plan"}, by=None)
        for number in range(30):
            person = create_person(f"Customer {number}", f"c{number}@customer.test", by=None)
            join_organization(person, create_organization(f"Company {number}", {}, by=None), by=None)
            add_member(create_team(f"Team {number}", {}, by=None), db.session.get_one(Person, cast.ben.id), by=None)
    kayako.get("/me")  # notes that the key is in use
    with queries(app) as found:
        page = kayako.get(f"{path}?include=*&limit=100").json["data"]
    assert len(page) > 30
    assert len(found) <= most, found
