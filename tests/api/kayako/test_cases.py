"""Cases on Kayako's wire: opening, showing and changing them."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.api.kayako.client import Kayako
from tests.cast import Cast
from tests.conftest import on_both
from tests.sandbox import Outside

NEW = {"subject": "My coffee machine is not working", "contents": "Hey! Kindly look into it.", "channel": "MAIL"}


@on_both
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


def test_every_documented_field_is_there(kayako: Kayako, documented: list[str]) -> None:
    case = kayako.opened(fields="+tags,+reply_channels")
    assert set(documented) - case.keys() == set()


@pytest.fixture
def documented() -> list[str]:
    """The table at the top of the document."""
    return (
        "legacy_id subject portal source_channel last_public_channel requester creator identity assignee assigned_agent"
        " assigned_team last_assigned_by brand status priority type read_marker sla_version sla_metrics form"
        " custom_fields last_replier last_replier_identity last_completed_by last_updated_by last_closed_by state"
        " post_count has_notes pinned_notes_count has_attachments is_merged rating rating_status tags reply_channels"
        " last_post_status last_post_preview last_post_type last_message_preview realtime_channel last_assigned_at"
        " last_replied_at last_opened_at last_pending_at last_closed_at last_completed_at last_agent_activity_at"
        " last_customer_activity_at last_reply_by_agent_at last_reply_by_requester_at latest_assignee_update"
        " agent_updated_at created_at updated_at id resource_type resource_url"
    ).split()
