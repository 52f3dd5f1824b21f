"""Where a person could still be found who was erased: by what he was called once, and where nobody looks."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.bulk.models import BulkJob
from app.extensions import db
from app.people.credentials import ApiKey
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.privacy.calls import called
from tests.privacy.canary import found_anywhere
from tests.privacy.orders import erased
from tests.sandbox import Outside

QUILL = "quill@feather.test"


@on_both
def test_what_he_was_called_formerly_goes_too(app: Flask, api: Api, work: Worker) -> None:
    quill = called(api, "/persons", {"name": "Quilla Maidenfeather", "email": QUILL})["uuid"]
    api.opened(QUILL, "Hello", "Yours, Quilla Maidenfeather")
    assert api.patch(f"/persons/{quill}", {"name": "Quilla Married"}).status_code == 200
    with app.app_context():
        db.session.execute(sa.text("UPDATE participants SET alias = 'Quilla Married' WHERE alias LIKE 'Quilla%'"))
        db.session.commit()
    erased(api, work, quill)
    assert found_anywhere(app, "Quilla Maidenfeather") == []


@on_both
def test_the_name_that_his_mails_gave_goes_too(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    quill = called(api, "/persons", {"name": "Q", "email": QUILL})["uuid"]
    outside.send(letter(f"Quilla Canaryfeather <{QUILL}>", "Hello", "Yours, Quilla Canaryfeather"))
    work()
    erased(api, work, quill)
    assert found_anywhere(app, "Canaryfeather") == []


@on_both
def test_a_name_of_one_word_goes_where_mails_are_quoted(
    app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast
) -> None:
    outside.send(letter(f"Zebediah <{QUILL}>", "Hello", "It burns."))
    work()
    [case] = called(api, "/cases")["items"]
    quoting = f"On Tuesday Zebediah <{QUILL}> wrote:\n> It burns."
    api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": quoting})
    erased(api, work, case["requester"]["uuid"])
    assert set(found_anywhere(app, "Zebediah")) <= {"sandbox_emails.content"}  # what left the house, in plain words
    [_, answer] = called(api, f"/cases/{case['uuid']}/messages")["items"]
    assert answer["message"].startswith("On Tuesday Erased person <erased@erased.invalid> wrote:")


@on_both
def test_with_posts_the_mails_go_that_passed_them_on(
    app: Flask, api: Api, work: Worker, outside: Outside, cast: Cast
) -> None:
    outside.send(letter(f"Zebediah <{QUILL}>", "Hello", "The canary burns."))
    work()
    [case] = called(api, "/cases")["items"]
    assert "sandbox_emails.content" in found_anywhere(app, "The canary burns")
    erased(api, work, case["requester"]["uuid"], posts=True)
    assert found_anywhere(app, "The canary burns") == []


@on_both
def test_who_has_a_longer_address_keeps_it(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    other = f"{QUILL}.au"
    case = api.opened(other, "Another matter", f"I am {other}, not {QUILL}.")
    outside.send(letter(other, "By mail", "Hello"))
    quill = called(api, "/persons", {"name": "Q", "email": QUILL})["uuid"]
    work()
    erased(api, work, quill)
    [message] = called(api, f"/cases/{case['uuid']}/messages")["items"]
    assert message["message"] == f"I am {other}, not erased@erased.invalid."
    assert [mail["from"] for mail in called(api, "/inbound")["items"]] == [other]


@on_both
def test_his_name_goes_from_the_fields_of_his_cases(app: Flask, api: Api, work: Worker) -> None:
    quill = called(api, "/persons", {"name": "Quilla Canaryfeather", "email": QUILL})["uuid"]
    his, other = api.opened(QUILL)["uuid"], api.opened(UNA)["uuid"]
    api.post("/fields", {"level": "case", "key": "who", "title": "Who", "type": "text"})
    for case in (his, other):
        assert api.patch(f"/cases/{case}", {"fields": {"who": "Quilla Canaryfeather"}}).status_code == 200
    erased(api, work, quill)
    assert called(api, f"/cases/{his}")["fields"] == {"who": "Erased person"}
    assert called(api, f"/cases/{other}")["fields"] == {"who": "Quilla Canaryfeather"}  # of somebody with that name


@on_both
def test_where_he_was_and_what_his_keys_were_called_is_forgotten(
    app: Flask, api: Api, work: Worker, cast: Cast
) -> None:
    case = api.opened(UNA)["uuid"]
    assert api.as_(cast.keys["ben"]).post("/bulk/cases", {"act": "close", "cases": [case]}).status_code == 202
    work()
    erased(api, work, str(cast.ben.uuid))
    with app.app_context():
        mine: Any = sa.select(BulkJob.ip_address).where(BulkJob.person_id == cast.ben.id)
        assert db.session.scalars(mine).all() == [None]
        assert db.session.scalars(sa.select(ApiKey.name).where(ApiKey.person_id == cast.ben.id)).all() == [
            "Erased person"
        ]


def test_the_index_of_the_search_does_not_keep_him(app: Flask, api: Api, work: Worker) -> None:
    quill = called(api, "/persons", {"name": "Quilla Xylofeather", "email": QUILL})["uuid"]
    api.opened(QUILL, "Hello", "Yours, Quilla Xylofeather")
    work()
    erased(api, work, quill)
    with app.app_context():
        for index in ("case_words", "post_words", "person_words"):
            blocks = db.session.scalars(sa.text(f"SELECT block FROM {index}_data")).all()
            assert not any(b"ylofeather" in block for block in blocks), index


@pytest.mark.parametrize("posts", [False, True])
def test_erasing_again_finds_nothing_more(app: Flask, api: Api, work: Worker, outside: Outside, posts: bool) -> None:
    outside.send(letter(f"Zebediah <{QUILL}>", "Hello", "It burns."))
    work()
    [case] = called(api, "/cases")["items"]
    erased(api, work, case["requester"]["uuid"], posts=posts)
    assert erased(api, work, case["requester"]["uuid"], posts=posts) == {}
