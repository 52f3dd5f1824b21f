"""What is left of bulk work a month after its end."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bulk import forgetting
from app.bulk.models import BulkJob, BulkRow
from app.clock import now
from app.extensions import db
from app.jobs.upkeep import forget_old_jobs
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import UNA
from tests.conftest import Worker, on_both


@on_both
def test_a_job_is_forgotten_a_month_after_its_end_with_all_its_rows(
    app: Flask, api: Api, work: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    uuids = [api.opened(UNA)["uuid"] for _ in range(3)]
    [_, kept] = [api.post("/bulk/cases", {"act": "close", "cases": uuids}).json["uuid"] for _ in range(2)]
    work()
    waiting = api.post("/bulk/cases", {"act": "close", "cases": uuids}).json["uuid"]
    with app.app_context():
        with transaction():
            old = now() - forgetting.KEPT - timedelta(minutes=1)
            db.session.execute(sa.update(BulkJob).where(BulkJob.id == 1).values(finished_at=old))
        forget_old_jobs()
        assert set(db.session.scalars(sa.select(BulkRow.job_id))) == {2, 3}
    assert [one["uuid"] for one in api.get("/jobs").json["items"]] == [waiting, kept]
