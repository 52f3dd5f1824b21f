"""Who may come to the operator's pages, and what is done there only by a form of ours."""

from uuid import uuid4

import pytest
from flask import Flask

from app.people.models import Role
from tests.api_client import Api
from tests.cast import OLGA, Cast
from tests.portal.browser import Browser
from tests.portal.operating import at
from tests.portal.signing_in import signed_in

SOME = uuid4()
PAGES = [
    "",
    "/mailboxes",
    "/mailboxes/new",
    "/inbound",
    f"/inbound/{SOME}",
    "/deliveries",
    f"/deliveries/{SOME}",
    "/webhooks",
    "/webhooks/new",
    f"/webhooks/{SOME}",
    "/settings",
    "/settings/overdue",
]
BUTTONS = [
    f"/inbound/{SOME}/replay",
    f"/inbound/{SOME}/admit",
    f"/inbound/{SOME}/reject",
    f"/deliveries/{SOME}/retry",
    "/mailboxes/new",
    *(f"/mailboxes/{SOME}/{act}" for act in ("pause", "resume", "remove")),
    "/webhooks/new",
    f"/webhooks/{SOME}/enable",
    *(f"/webhooks/{SOME}/{act}" for act in ("delete", "secret")),
    f"/webhooks/{SOME}/deliveries/{SOME}/redeliver",
    "/settings/overdue",
    "/settings/overdue/forget",
]


def test_every_page_and_button_is_in_this_table(app: Flask) -> None:
    found = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/team/operator")]
    assert len([one for one in found if "GET" in (one.methods or ())]) == len(PAGES)
    assert len([one for one in found if "POST" in (one.methods or ())]) == len(BUTTONS)


@pytest.mark.parametrize("role", [None, Role.CUSTOMER, *(one for one in Role if one is not Role.CUSTOMER)])
def test_below_the_role_there_is_no_page_and_no_button(app: Flask, api: Api, cast: Cast, role: Role | None) -> None:
    amy = signed_in(app, cast.amy.email) if role else Browser(app)
    if role:
        api.patch(f"/persons/{cast.amy.uuid}", {"role": role})
        amy = signed_in(app, cast.amy.email) if role is not Role.CUSTOMER else amy
    usual = {None: 303, Role.CUSTOMER: 303, Role.COLLABORATOR: 403, Role.AGENT: 403}
    for page in PAGES:
        answer = amy.client.get(f"/team/operator{page}")
        assert answer.status_code == usual.get(role, 404 if str(SOME) in page else 200), page  # type: ignore[arg-type]
    for button in BUTTONS:
        answer = amy.client.post(f"/team/operator{button}")
        assert answer.status_code == usual.get(role, 404 if str(SOME) in button else 422), button  # type: ignore[arg-type]


def test_no_other_site_can_press_a_button_in_the_name_of_an_operator(app: Flask, api: Api) -> None:
    olga = signed_in(app, OLGA)
    for name in ("/settings/overdue", "/settings/overdue/forget"):
        answer = olga.client.post(f"/team/operator{name}", data={"overdue": "2d"})
        assert answer.status_code == 422
        assert "Please press the button once more." in answer.text
    assert api.get("/config").json["overdue"] == "1d"


def test_ids_and_places_in_lists_may_be_anything(app: Flask, cast: Cast) -> None:
    olga = signed_in(app, OLGA)
    for page in ("/mailboxes", "/inbound", "/deliveries"):
        for before in ("0", "-1", "x", str(2**70)):
            at(olga, f"/team/operator{page}?before={before}")
    at(olga, "/team/operator/settings/nothing", 404)
