"""The timeline of a case: messages and activities share one row of numbers."""

from flask import Flask
from sqlalchemy import select

from app.cases.models import Post
from app.events import Event
from app.extensions import db
from app.timeline import EntryKind, TimelineEntry
from tests.api_client import Api
from tests.cast import BEN, UNA
from tests.conftest import on_both


@on_both
def test_every_message_and_every_activity_has_a_number_of_its_own_in_the_order_they_happened(
    app: Flask, api: Api
) -> None:
    case = api.opened(UNA)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Tell us more."})
    api.post(f"/case/{case['uuid']}/close")
    with app.app_context():
        entries = list(db.session.execute(select(TimelineEntry.id, TimelineEntry.kind).order_by(TimelineEntry.id)))
        posts = set(db.session.scalars(select(Post.id)))
        events = dict(db.session.execute(select(Event.timeline_id, Event.name).where(Event.case_id.is_not(None))).all())
    assert {id for id, kind in entries if kind is EntryKind.MESSAGE} == posts
    assert {id for id, kind in entries if kind is EntryKind.ACTIVITY} == events.keys() - posts
    closed = [id for id, name in events.items() if name == "case_closed"]
    assert closed == [max(id for id, _ in entries)]
    assert events[max(posts)] == "message_posted"
