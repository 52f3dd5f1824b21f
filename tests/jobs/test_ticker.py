"""The ticker goes on whatever is wrong at the moment."""

import pytest
from flask import Flask

from app.extensions import db
from app.jobs import periodic
from app.overrides import Override
from app.transaction import transaction


def test_a_broken_setting_does_not_end_the_ticker(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.app_context():
        periodic.anyhow(periodic.tick)
    with app.app_context(), transaction():
        db.session.add(Override(name="mailSyncTimer", value="never"))
    with app.app_context():
        periodic.anyhow(periodic.tick)
    assert "the ticker could not tick" in caplog.text
    with app.app_context(), transaction():
        db.session.query(Override).delete()
    caplog.clear()
    with app.app_context():
        periodic.anyhow(periodic.tick)
    assert caplog.text == ""
