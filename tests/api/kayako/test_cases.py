"""Cases on Kayako's wire: opening and showing them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.people.models import Person
from app.people.persons import block_person
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.sandbox import Outside

NEW = {"subject": "My coffee machine is not working", "contents": "Hey! Kindly look into it.", "channel": "MAIL"}
# The table at the top of the document.
DOCUMENTED = """
    legacy_id subject portal source_channel last_public_channel requester creator identity assignee assigned_agent
    assigned_team last_assigned_by brand status priority type read_marker sla_version sla_metrics form custom_fields
    last_replier last_replier_identity last_completed_by last_updated_by last_closed_by state post_count has_notes
    pinned_notes_count has_attachments is_merged rating rating_status tags reply_channels last_post_status
    last_post_preview last_post_type last_message_preview realtime_channel last_assigned_at last_replied_at
    last_opened_at last_pending_at last_closed_at last_completed_at last_agent_activity_at last_customer_activity_at
    last_reply_by_agent_at last_reply_by_requester_at latest_assignee_update agent_updated_at created_at updated_at
    id resource_type resource_url
"""


def wrong(answer: Any) -> tuple[int, str, str | None]:
    [error] = answer.json["errors"]
    return answer.status_code, error["code"], error.get("parameter")


def test_a_case_is_opened_for_a_user_as_the_document_shows_it(kayako: Kayako, cast: Cast) -> None:
    said = {**NEW, "channel_id": "1", "requester_id": str(cast.una.id), "priority_id": "3", "type_id": "1"}
    answer = kayako.post("/cases", {**said, "legacy_id": "YAK-923-46434"})
    case = answer.json["data"]
    assert (answer.status_code, answer.json["resource"]) == (201, "case")
    assert answer.headers["Content-Location"] == case["resource_url"]
    assert case["resource_url"].endswith(f"/api/v1/cases/{case['id']}")
    assert (case["subject"], case["legacy_id"], case["portal"]) == (NEW["subject"], "YAK-923-46434", "API")
    assert case["requester"] == {"id": cast.una.id, "resource_type": "user"}
    assert case["creator"] == case["last_replier"] == {"id": cast.ben.id, "resource_type": "user"}
    assert case["identity"]["resource_type"] == "identity_email"
    assert case["source_channel"] == case["last_public_channel"]
    assert (case["status"]["id"], case["priority"]["id"], case["type"]["id"]) == (1, 3, 1)
    assert (case["state"], case["post_count"], case["last_post_type"]) == ("ACTIVE", 1, "PUBLIC")
    assert (case["last_post_preview"], case["last_post_status"]) == (NEW["contents"], "SENT")
    assert case["last_reply_by_agent_at"] == case["last_replied_at"]
    assert not case["last_reply_by_requester_at"]
    assert kayako.get(f"/cases/{case['id']}").json["data"] == case


def test_every_documented_field_is_there(kayako: Kayako) -> None:
    assert {*DOCUMENTED.split()} == kayako.opened(fields="+tags,+reply_channels").keys()
    assert not {"tags", "reply_channels"} & kayako.opened().keys()


def test_whoever_names_nobody_opens_a_case_for_himself(kayako: Kayako, cast: Cast) -> None:
    case = kayako.post("/cases", {"subject": "Help", "contents": "Please"}).json["data"]
    assert case["requester"]["id"] == case["creator"]["id"] == cast.ben.id
    for opener in ("creator_id", "requester_id"):
        assert kayako.opened(**{opener: cast.una.id})["requester"]["id"] == cast.una.id
    assert kayako.opened(creator_id=cast.una.id)["last_post_status"] is None


def test_the_requester_and_whoever_gets_copies_are_mailed(
    kayako: Kayako, cast: Cast, outside: Outside, work: Callable[[], None]
) -> None:
    options = '{"cc": "max@customer.test, mia@customer.test", "html": true}'
    case = kayako.opened(requester_id=cast.una.id, contents="<p>Hello <b>you</b></p>", channel_options=options)
    assert case["last_post_preview"] == "Hello you"
    work()
    for address in (UNA, "max@customer.test", "mia@customer.test"):
        [mail] = outside.inbox(address)
        assert "Hello you" in mail.get_body(("plain",)).get_content()
    assert [outside.inbox(one) for one in (cast.ben.email, cast.amy.email)] == [[], []]
    assert kayako.get(f"/cases/{case['id']}").json["data"]["last_post_status"] in {"SENT", "DELIVERED"}


def test_a_case_that_is_opened_with_a_note_is_mailed_to_nobody(
    kayako: Kayako, cast: Cast, outside: Outside, work: Callable[[], None]
) -> None:
    case = kayako.opened(requester_id=cast.una.id, channel="NOTE", contents="He has called")
    own = kayako.opened(channel="note")
    work()
    assert [outside.inbox(one) for one in (UNA, cast.ben.email, cast.amy.email, OLGA)] == [[], [], [], []]
    assert (case["has_notes"], case["last_post_type"], case["last_post_status"]) == (True, "NOTE", None)
    assert (case["last_public_channel"], case["last_replier"], case["post_count"]) == (None, None, 1)
    told = kayako.get(f"/cases/{own['id']}?include=channel").json["data"]
    assert told["source_channel"]["type"] == "NOTE"


def test_a_customer_opens_no_case_with_a_note(kayako: Kayako, cast: Cast) -> None:
    answer = kayako.post("/cases", {**NEW, "channel": "NOTE", "creator_id": cast.una.id})
    assert answer.status_code == 403


def test_nothing_is_mailed_where_casey_does_not_speak(
    kayako: Kayako, cast: Cast, outside: Outside, work: Callable[[], None]
) -> None:
    case = kayako.opened(requester_id=cast.una.id, channel="TWITTER", channel_options={"type": "DM"})
    work()
    assert outside.inbox(UNA) == []
    told = kayako.get(f"/cases/{case['id']}?include=channel").json["data"]
    assert told["source_channel"]["type"] == "TWITTER"


@pytest.mark.usefixtures("form")
@pytest.mark.parametrize("body", ["json", "data"])
def test_all_that_can_be_said_when_a_case_is_opened(app: Flask, kayako: Kayako, cast: Cast, body: str) -> None:
    said: dict[str, Any] = {
        **NEW,
        "status_id": "3",
        "assigned_agent_id": cast.amy.id,
        "form_id": 1,
        "tags": "late, broken",
        "client_id": "abc",
        "creator_id": cast.una.id,
    }
    case = kayako.call("POST", "/cases?fields=+tags&include=tag", **{body: said}).json["data"]
    assert (case["status"]["id"], case["assignee"]["id"], case["assigned_agent"]["id"]) == (3, cast.amy.id, cast.amy.id)
    assert case["last_assigned_by"]["id"] == case["last_updated_by"]["id"] == cast.ben.id
    assert case["last_assigned_at"] is not None
    assert case["last_pending_at"] is not None
    assert [one["name"] for one in case["tags"]] == ["late", "broken"]
    assert (case["form"]["id"], case["brand"]["id"]) == (1, 1)


def test_files_come_along_in_a_form(kayako: Kayako) -> None:
    said = {**NEW, "attachment": (BytesIO(b"of the machine"), "photo.png")}
    case = kayako.call("POST", "/cases", data=said, content_type="multipart/form-data").json["data"]
    assert case["has_attachments"] is True
    assert kayako.opened()["has_attachments"] is False


@pytest.mark.parametrize(
    ("said", "code", "parameter"),
    [
        ({"subject": None}, "FIELD_INVALID", "subject"),
        ({"subject": ""}, "FIELD_EMPTY", "subject"),
        ({"contents": ""}, "FIELD_EMPTY", "contents"),
        ({"contents": " "}, "FIELD_EMPTY", "contents"),
        ({"requester_id": 777}, "FIELD_INVALID", "requester_id"),
        ({"creator_id": 777}, "FIELD_INVALID", "creator_id"),
        ({"requester_id": "x"}, "FIELD_INVALID", "requester_id"),
        ({"channel": "FAX"}, "FIELD_INVALID", "channel"),
        ({"channel_options": "{"}, "FIELD_INVALID", "channel_options"),
        ({"channel_options": {"cc": "nobody"}}, "FIELD_INVALID", "channel_options"),
        ({"status_id": 77}, "FIELD_INVALID", "status_id"),
        ({"priority_id": 77}, "FIELD_INVALID", "priority_id"),
        ({"type_id": 77}, "FIELD_INVALID", "type_id"),
        ({"assigned_team_id": 77}, "FIELD_INVALID", "assigned_team_id"),
        ({"assigned_agent_id": 77}, "FIELD_INVALID", "assigned_agent_id"),
        ({"field_values": {"none": 1}}, "FIELD_INVALID", "field_values[none]"),
        ({"field_values": "x"}, "FIELD_INVALID", "field_values"),
        ({"attachment_file_ids": "77"}, "FIELD_INVALID", "attachment_file_ids"),
        ({"legacy_id": "taken"}, "FIELD_DUPLICATE", "legacy_id"),
    ],
)
def test_what_is_wrong_is_named(kayako: Kayako, said: dict[str, Any], code: str, parameter: str) -> None:
    kayako.opened(legacy_id="taken")
    assert wrong(kayako.post("/cases", {**NEW, **said})) == (400, code, parameter)


def test_what_is_missing_is_named(kayako: Kayako) -> None:
    errors = kayako.post("/cases", {}).json["errors"]
    assert {(one["code"], one["parameter"]) for one in errors} == {
        ("FIELD_REQUIRED", "subject"),
        ("FIELD_REQUIRED", "contents"),
    }


def test_customers_are_nobody_to_whom_a_case_is_assigned(kayako: Kayako, cast: Cast) -> None:
    answer = kayako.post("/cases", {**NEW, "assigned_agent_id": cast.una.id})
    assert wrong(answer) == (400, "FIELD_INVALID", "assigned_agent_id")


def test_no_case_is_opened_for_who_may_no_longer_be_written_to(app: Flask, kayako: Kayako, cast: Cast) -> None:
    with app.app_context(), transaction():
        block_person(db.session.get_one(Person, cast.una.id), by=None)
    answer = kayako.post("/cases", {**NEW, "requester_id": cast.una.id})
    assert wrong(answer) == (400, "FIELD_INVALID", "requester_id")


@on_both
def test_a_case_tells_what_was_written_and_thought_of_it(kayako: Kayako, api: Any, cast: Cast) -> None:
    number = kayako.opened(creator_id=cast.una.id)["id"]
    uuid = api.get("/cases").json["items"][0]["uuid"]
    api.post(f"/cases/{uuid}/messages", {"from": cast.ben.email, "message": "Is it\nplugged in?"})
    note = api.post(f"/cases/{uuid}/notes", {"from": cast.amy.email, "note": "Not again"}).json["uuid"]
    api.post(f"/cases/{uuid}/notes/{note}/pin")
    api.post(f"/cases/{uuid}/ratings", {"from": UNA, "score": "high"})
    case = kayako.get(f"/cases/{number}").json["data"]
    assert (case["post_count"], case["has_notes"], case["pinned_notes_count"]) == (3, True, 1)
    assert (case["last_post_type"], case["last_post_preview"]) == ("NOTE", "Not again")
    assert (case["rating"], case["rating_status"]) == ("GOOD", "RECEIVED")
    assert case["last_replier"]["id"] == cast.ben.id
    assert case["last_pending_at"] == case["last_reply_by_agent_at"] == case["last_replied_at"]
    assert case["last_reply_by_requester_at"] == case["last_customer_activity_at"] <= case["last_agent_activity_at"]
    api.post(f"/cases/{uuid}/ratings", {"from": UNA, "score": "low"})
    assert kayako.get(f"/cases/{number}").json["data"]["rating"] == "BAD"
    plain = kayako.opened()
    assert (plain["rating"], plain["rating_status"], plain["has_notes"]) == (None, "UNOFFERED", False)


@pytest.mark.settings(CASEY_CASE_ASK_RATING="true")
def test_a_rating_is_offered_once_its_requester_was_asked_for_it(
    kayako: Kayako, api: Any, cast: Cast, work: Worker
) -> None:
    number = kayako.opened(requester_id=cast.una.id)["id"]
    api.post(f"/cases/{api.get('/cases').json['items'][0]['uuid']}/close")
    work()
    assert kayako.get(f"/cases/{number}").json["data"]["rating_status"] == "OFFERED"


def test_a_case_names_whoever_somebody_is_now(kayako: Kayako, api: Any, cast: Cast) -> None:
    double = api.post("/persons", {"name": "Una", "email": "una@home.test"}).json
    numbers = {one["id"] for one in (kayako.opened(creator_id=cast.una.id), kayako.opened())}
    case = next(kayako.get(f"/cases/{one}").json["data"] for one in sorted(numbers))
    assert case["last_replier"]["id"] == cast.una.id
    api.post(f"/persons/{cast.una.uuid}/merge", {"into": double["uuid"]})
    shown = kayako.get(f"/cases/{case['id']}").json["data"]
    assert shown["last_replier"] == shown["requester"] != case["last_replier"]
