"""Mailboxes over the API: strict, without secrets, and only with addresses that are ours."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.mail.intake.accounts import MailboxAccount, accounts
from app.mail.intake.oauth import access_token, grant_of
from app.mail.intake.syncing import mailboxes_to_read
from app.mail.intake.token_endpoint import NoToken
from app.people.addresses import is_ours
from tests.api_client import Api
from tests.cast import BEN, Cast
from tests.conftest import on_both
from tests.servers.provider import Provider
from tests.storage import contents

SALES = "sales@casey.test"
NEW = {"address": SALES, "server": "imap.casey.test", "password": "hush"}
OF_SETTINGS = {
    "CASEY_MAIL_ADDRESS": "support@casey.test",
    "CASEY_IMAP_ADAPTER": "imap",
    "CASEY_IMAP_SERVER": "imap.casey.test",
    "CASEY_IMAP_PASSWORD": "hush hush",
}
pytestmark = pytest.mark.settings(CASEY_MAIL_ALIASES=SALES)
with_server = pytest.mark.settings(**OF_SETTINGS)


@pytest.fixture
def sales(api: Api) -> str:
    """The uuid of a further mailbox."""
    answer = api.post("/mailboxes", NEW)
    assert answer.status_code == 201, answer.text
    return str(answer.json["uuid"])


def password_of(app: Flask) -> str | None:
    with app.app_context():
        return db.session.scalar(db.select(MailboxAccount.password))


@on_both
@with_server
def test_a_mailbox_is_added_with_what_servers_usually_want(api: Api) -> None:
    answer = api.post("/mailboxes", NEW)
    assert answer.status_code == 201
    assert {name: value for name, value in answer.json.items() if name != "uuid"} == {
        "address": SALES,
        "server": "imap.casey.test",
        "port": 993,
        "encryption": "tls",
        "auth": "password",
        "username": SALES,
        "password": "***",
        "of_settings": False,
        "state": "new",
        "trouble": None,
        "next_at": None,
        "synced_at": None,
        "undecided": 0,
        "holes": None,
        "compared_at": None,
        "token_age": None,
    }
    assert api.get(f"/mailboxes/{answer.json['uuid']}").json == answer.json
    assert api.get("/mailboxes").json["items"] == [answer.json]
    assert api.get("/mailboxes?limit=1").json["next"] is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"address": "somebody@else.test"}, "address"),
        ({"address": "sales"}, "address"),
        ({"address": None}, "address"),
        ({"server": "https://imap.casey.test"}, "server"),
        ({"server": None}, "server"),
        ({"port": 0}, "port"),
        ({"port": "993"}, "port"),
        ({"encryption": "ssl"}, "encryption"),
        ({"auth": "plain"}, "auth"),
        ({"username": "a\r\nb"}, "username"),
        ({"password": None}, "password"),
        ({"password": "***"}, "password"),
        ({"password": 17}, "password"),
        ({"paused": True}, "paused"),
        ({"smtpServer": "mx.casey.test"}, "smtpServer"),
    ],
)
def test_what_is_wrong_is_refused_by_name(app: Flask, api: Api, wrong: dict[str, Any], field: str) -> None:
    before = contents(app)
    answer = api.post("/mailboxes", NEW | wrong)
    assert (answer.status_code, answer.json["field"]) == (422, field)
    assert contents(app) == before


@on_both
def test_a_user_name_that_is_too_long_for_its_server_is_refused_with_how_long_it_may_be(api: Api, sales: str) -> None:
    longest = "u" * (320 - len(" on imap.casey.test"))
    for answer in (
        api.post("/mailboxes", NEW | {"username": longest + "u"}),
        api.patch(f"/mailboxes/{sales}", {"username": longest + "u"}),
    ):
        assert (answer.status_code, answer.json["field"]) == (422, "username")
        assert f"at most {len(longest)} characters" in answer.json["detail"]
    assert api.post("/mailboxes", NEW | {"username": longest}).status_code == 201


def test_an_address_that_is_not_ours_is_refused_with_what_to_do(api: Api) -> None:
    answer = api.post("/mailboxes", NEW | {"address": "info@casey.test"})
    assert "mailAliases" in answer.json["detail"]
    api.post("/config", {"mailAliases": [SALES, "info@casey.test"]})
    assert api.post("/mailboxes", NEW | {"address": "info@casey.test"}).status_code == 201


@with_server
def test_the_same_mailbox_cannot_be_read_twice(api: Api, sales: str) -> None:
    for username in (SALES, "support@casey.test"):
        answer = api.post("/mailboxes", NEW | {"username": username})
        assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert api.patch(f"/mailboxes/{sales}", {"username": "support@casey.test"}).status_code == 409
    assert len(api.get("/mailboxes").json["items"]) == 1


@pytest.mark.parametrize(
    "place", [{"server": "imap.eve.test"}, {"port": 1430}, {"encryption": "none"}, {"auth": "xoauth2"}]
)
@pytest.mark.parametrize("masked", [{}, {"password": "***"}])
def test_a_stored_password_goes_nowhere_else(
    app: Flask, api: Api, sales: str, place: dict[str, object], masked: dict[str, str]
) -> None:
    answer = api.patch(f"/mailboxes/{sales}", {**place, **masked})
    assert (answer.status_code, answer.json["field"]) == (422, "password")
    assert password_of(app) == "hush"
    changed = api.patch(f"/mailboxes/{sales}", {**place, "password": "another"})
    assert (changed.status_code, password_of(app)) == (200, "another")
    assert changed.json | place == changed.json


def test_what_stays_needs_no_password(app: Flask, api: Api, sales: str) -> None:
    shown = api.get(f"/mailboxes/{sales}").json
    names = ("address", "server", "port", "encryption", "auth", "username", "password")
    assert api.patch(f"/mailboxes/{sales}", {name: shown[name] for name in names}).json == shown
    assert password_of(app) == "hush"


def test_changes_are_in_the_log_without_secrets(app: Flask, api: Api, sales: str) -> None:
    api.patch(f"/mailboxes/{sales}", {"paused": True, "password": "very secret"})
    api.patch(f"/mailboxes/{sales}", {"paused": True})
    api.delete(f"/mailboxes/{sales}")
    rows = [row for row in contents(app)["events"] if "mailbox_" in str(row)]
    assert len(rows) == 3
    assert "hush" not in str(rows)
    assert "very secret" not in str(rows)


def test_an_alias_is_ours_in_every_form_and_nobody_elses(app: Flask, api: Api, cast: Cast) -> None:
    with app.app_context():
        assert is_ours(SALES.upper())
        assert is_ours("sales+case.token@casey.test")
        assert not is_ours("info@casey.test")
    answer = api.post("/persons", {"name": "Sales", "email": SALES})
    assert (answer.status_code, answer.json["field"]) == (422, "email")
    answer = api.post("/config", {"mailAliases": [SALES, BEN]})
    assert (answer.status_code, answer.json["field"]) == (422, "mailAliases")


@with_server
def test_the_mailbox_of_the_settings_is_changed_there(app: Flask, api: Api) -> None:
    with app.app_context():
        mailboxes_to_read()
    [shown] = api.get("/mailboxes").json["items"]
    assert (shown["of_settings"], shown["password"], shown["state"]) == (True, "***", "new")
    for answer in (
        api.patch(f"/mailboxes/{shown['uuid']}", {"paused": True}),
        api.delete(f"/mailboxes/{shown['uuid']}"),
    ):
        assert (answer.status_code, answer.json["code"]) == (409, "conflict")


def test_in_the_sandbox_no_mailbox_is_read(api: Api, sales: str) -> None:
    assert api.get(f"/mailboxes/{sales}").json["state"] == "off"


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider(SALES) as server:
        yield server


def by_token(provider: Provider) -> dict[str, Any]:
    return {
        "oauthTokenUrl": provider.token_url,
        "oauthClientId": "casey",
        "oauthClientSecret": provider.client_secret,
        "oauthRefreshToken": provider.refresh_token,
    }


@with_server
def test_tokens_of_the_settings_are_shown_to_the_server_of_the_settings_alone(
    app: Flask, api: Api, provider: Provider
) -> None:
    api.post("/config", by_token(provider))
    for server in ("imap.casey.test", "imap.eve.test"):
        assert api.post("/mailboxes", {"address": SALES, "server": server, "auth": "xoauth2"}).status_code == 201
    assert trouble_with_token(app, "imap.casey.test") is None
    assert "needs a refresh token of its own" in str(trouble_with_token(app, "imap.eve.test"))
    assert len(provider.asked) == 1


@with_server
def test_a_refresh_token_of_a_mailbox_is_shown_to_no_other_provider(app: Flask, api: Api, provider: Provider) -> None:
    api.post("/config", by_token(provider))
    api.post("/mailboxes", {"address": SALES, "server": "imap.else.test", "auth": "xoauth2", "password": "refresh me"})
    assert trouble_with_token(app, "imap.else.test") is None
    eves = {"oauthTokenUrl": "https://eve.test/", "oauthClientSecret": "eves", "oauthRefreshToken": "eves"}
    assert api.post("/config", eves).status_code == 200
    assert password_of(app) is None
    assert "needs a refresh token of its own" in str(trouble_with_token(app, "imap.else.test"))


@with_server
@pytest.mark.parametrize("place", [{"oauthTokenUrl": "https://eve.test/"}, {"imapServer": "imap.eve.test"}])
def test_the_secrets_of_oauth_go_nowhere_else(api: Api, provider: Provider, place: dict[str, str]) -> None:
    api.post("/config", by_token(provider))
    answer = api.post("/config", {**place, "imapPassword": "eves"})
    assert (answer.status_code, answer.json["field"]) == (422, "oauthClientSecret")
    answer = api.post("/config", {**place, "imapPassword": "eves", "oauthClientSecret": "eves"})
    assert (answer.status_code, answer.json["field"]) == (422, "oauthRefreshToken")


def trouble_with_token(app: Flask, server: str) -> str | None:
    """Why there is no access token for the mailbox on this server; None when there is one."""
    with app.app_context():
        [account] = [one for one in accounts() if one.server == server]
        try:
            access_token(grant_of(account))
        except NoToken as error:
            return str(error)
    return None
