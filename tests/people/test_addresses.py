"""Which addresses a person may have, and when two are the same."""

import pytest
from flask import Flask

from app.errors import Invalid
from app.people.addresses import clean_address, is_ours, key_of, takes_address
from app.people.persons import find_person, owners_of
from tests.api.bad_requests import ADDRESSES
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.sandbox import Outside


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_we_would_not_send_mail_to_is_refused_by_the_name_of_its_field(context: Flask, address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clean_address(address, field="creator.email")
    assert list(refusal.value.fields) == ["creator.email"]
    assert address not in refusal.value.message or not address.strip()
    assert not takes_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "some.user@other.tld",
        "some.user+tag@other.tld",
        "o'brien@other.tld",
        "x@o.co",
        "some_user-1@mail.other.tld",
        "a" * 64 + "@other.tld",
        "supporter@casey.test",
        "support@mail.casey.test",
        "support@casey.test.other.tld",
    ],
)
def test_plain_addresses_are_kept_as_they_are(context: Flask, address: str) -> None:
    assert clean_address(address) == address


def test_a_domain_of_a_foreign_script_is_kept_as_servers_know_it(context: Flask) -> None:
    assert clean_address("una@exämple.test") == clean_address("una@xn--exmple-cua.test") == "una@xn--exmple-cua.test"
    assert key_of("Una@EXÄMPLE.test") == key_of("una@xn--exmple-cua.test")


def test_mail_to_a_domain_of_a_foreign_script_is_addressed_as_servers_know_it(
    api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened("some.user@exämple.test")
    work()
    [mail] = outside.inbox("some.user@xn--exmple-cua.test")
    assert [one.addr_spec for one in mail["To"].addresses] == ["some.user@xn--exmple-cua.test"]
    message = {"from": "some.user@Exämple.test", "message": "It is me."}
    assert api.post(f"/case/{case['uuid']}/messages", message).status_code == 201


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("support@casey.test", True),
        (" SUPPORT@Casey.Test ", True),
        ("support+case.token@casey.test", True),
        ("supporter@casey.test", False),
        ("support@casey.test.other.tld", False),
        ("support", False),
        ("", False),
    ],
)
def test_which_addresses_are_our_own(context: Flask, address: str, ours: bool) -> None:
    assert is_ours(address) is ours


@pytest.mark.settings(CASEY_MAIL_ADDRESS="help@domain.tld")
def test_our_own_address_is_the_one_that_is_configured(context: Flask) -> None:
    assert takes_address("support@casey.test")
    assert not takes_address("Help+1@Domain.tld")


def test_a_person_is_found_by_any_spelling_of_the_address(context: Flask, cast: Cast) -> None:
    found = find_person(f" {UNA.upper()} ")
    assert found is not None
    assert found.id == cast.una.id
    assert find_person("eve@stranger.test") is None
    assert {key: one.id for key, one in owners_of([UNA.upper(), BEN, "eve@stranger.test"]).items()} == {
        UNA: cast.una.id,
        BEN: cast.ben.id,
    }
    assert owners_of([]) == {}
