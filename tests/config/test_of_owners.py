"""Where mail is sent is said by owners alone: whoever says it could read the links by which an owner signs in."""

import pytest
from flask import Flask

from app.people.models import Role
from tests.api_client import Api
from tests.cast import Cast
from tests.portal.operating import at
from tests.portal.signing_in import signed_in

HOST = {"smtpServer": "mx.eve.test"}


@pytest.fixture
def admin(api: Api, cast: Cast) -> Api:
    """amy, who has become an admin, with a key of hers."""
    api.patch(f"/persons/{cast.amy.uuid}", {"role": Role.ADMIN})
    made = api.post("/api-keys", {"name": "amy", "role": "admin"})
    return api.as_(made.json["key"])


@pytest.mark.parametrize("change", [HOST, {"smtpPort": 2525}, {"smtpEncryption": "none"}, {"smtpAdapter": "smtp"}])
def test_an_admin_does_not_say_where_mail_goes(api: Api, admin: Api, change: dict[str, object]) -> None:
    before = api.get("/config").json
    answer = admin.post("/config", {**change, "overdue": "2d"})
    assert answer.status_code == 403
    assert f"Only an owner changes {next(iter(change))}" in answer.text
    assert api.get("/config").json == before


def test_an_admin_takes_no_such_change_back_and_may_say_it_as_it_is(api: Api, admin: Api) -> None:
    api.post("/config", HOST)
    assert admin.delete("/config/smtpServer").status_code == 403
    assert admin.post("/config", {**HOST, "overdue": "2d"}).status_code == 200
    assert api.delete("/config/smtpServer").status_code == 200


def test_the_page_of_a_setting_refuses_an_admin_too(app: Flask, api: Api, cast: Cast) -> None:
    api.patch(f"/persons/{cast.amy.uuid}", {"role": Role.ADMIN})
    amy = signed_in(app, cast.amy.email)
    at(amy, "/team/operator/settings/smtpServer")
    answer = amy.press("/settings/smtpServer", smtpServer="mx.eve.test")
    assert answer.status_code == 403
    assert "Only an owner changes smtpServer" in answer.text
    assert api.get("/config").json["smtpServer"] is None
