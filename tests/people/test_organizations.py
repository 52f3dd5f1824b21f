"""Organizations: who belongs to one, and how he comes to."""

from typing import Any

import pytest
from flask import Flask

from app.errors import Conflict, Invalid, NotFound
from app.extensions import db
from app.people.ending import delete_organization
from app.people.models import Organization, Person, Role
from app.people.organizations import (
    change_organization,
    create_organization,
    members_page,
    organization_by_uuid,
)
from app.people.persons import create_person, find_or_create_person
from app.people.profile import join_organization
from app.transaction import transaction
from tests.cast import Cast
from tests.conftest import on_both


def shop(name: str = "Shop", **more: Any) -> Organization:
    return create_organization(name, more, by=None)


@on_both
def test_a_new_customer_joins_the_organization_that_has_his_domain(context: Flask) -> None:
    with transaction():
        organization = shop(domains=["Shop.test", "shop.example"])
        by_hand = create_person("New", "new@SHOP.test", by=None)
        by_mail = find_or_create_person("other@shop.example")
        outside = find_or_create_person("other@more.shop.test")
        team = create_person("Max", "max@shop.test", role=Role.AGENT, by=None)
    assert members_page(organization, after=0, limit=10) == [by_hand, by_mail]
    assert outside.organization is None
    assert team.organization is None


def test_a_domain_of_two_organizations_says_nothing(context: Flask) -> None:
    with transaction():
        shop(domains=["shop.test"])
        shop("Other shop", domains=["shop.test"])
        assert find_or_create_person("new@shop.test").organization is None


def test_who_is_there_already_stays_where_he_is(context: Flask, cast: Cast) -> None:
    with transaction():
        shop(domains=["customer.test"])
        assert find_or_create_person(cast.una.email).organization is None


def test_domains_are_replaced_and_written_as_servers_know_them(context: Flask) -> None:
    with transaction():
        organization = shop(domains=["shop.test", "bücher.test"])
        change_organization(organization, {"domains": ["bücher.test", "BÜCHER.test"]}, by=None)
    assert [one.domain for one in organization.domains] == ["xn--bcher-kva.test"]


@pytest.mark.parametrize("domain", ["", "shop", "a@shop.test", "shop..test", "http://shop.test", "-a.test", "a b.test"])
def test_what_is_no_domain_is_refused(context: Flask, domain: str) -> None:
    with transaction(), pytest.raises(Invalid) as refusal:
        shop(domains=[domain])
    assert list(refusal.value.fields) == ["domains"]


@on_both
def test_the_people_of_a_deleted_organization_stay_and_its_id_and_domains_are_free(context: Flask, cast: Cast) -> None:
    with transaction():
        organization = shop(external_id="o-1", domains=["shop.test"])
        join_organization(db.session.get_one(Person, cast.una.id), organization, by=None)
        for _ in range(2):
            delete_organization(organization, by=None)
    with transaction():
        again = shop(external_id="o-1", domains=["shop.test"])
        assert find_or_create_person("new@shop.test").organization is again
    assert db.session.get_one(Person, cast.una.id).organization is None
    with pytest.raises(NotFound):
        organization_by_uuid(organization.uuid)


def test_two_organizations_have_not_one_id(context: Flask) -> None:
    with transaction():
        shop(external_id="o-1")
        with pytest.raises(Conflict, match="Shop has this id"):
            shop("Other", external_id="o-1")


def test_meta_is_merged_key_by_key(context: Flask) -> None:
    with transaction():
        organization = shop(meta={"plan": "gold", "seats": 5})
        change_organization(organization, {"meta": {"seats": None}}, by=None)
    assert organization.meta == {"plan": "gold"}
