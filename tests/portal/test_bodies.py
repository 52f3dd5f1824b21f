"""How much a form may weigh."""

import pytest
from flask import Flask

from app.portal.bodies import OF_BUTTONS, OF_TEXTS
from tests.api_client import Api
from tests.cast import UNA

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", ["/confirm", "/new-link", "/team/sign-in"])
def test_nobody_is_read_who_sends_a_large_form_where_a_small_one_is_meant(app: Flask, api: Api, path: str) -> None:
    answer = app.test_client().post(path, data=b"a=&" * 30_000, content_type=FORM)
    assert answer.status_code == 413
    assert "The request is too large." in answer.text
    assert app.test_client().post(path, data={"address": UNA}).status_code != 413


def test_every_form_that_is_bounded_is_one_of_ours(app: Flask) -> None:
    assert set(app.blueprints) >= OF_BUTTONS | OF_TEXTS
