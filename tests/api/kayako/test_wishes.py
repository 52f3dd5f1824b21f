"""What a caller of Kayako's dialect wishes to see: what is opened, which fields, in which letters, and flat or not."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.kayako.client import Kayako
from tests.cast import UNA, Cast

ALWAYS = {"id", "resource_type"}
CASES = "/cases?include=user,case_priority,case_status,channel,tag,case_type&fields=+tags&limit=100"
POSTS = (
    "/cases/1/posts?include=mailbox,message_recipient,channel,attachment,case_message,note,chat_message,identity_email,"
    "identity_twitter,identity_facebook,facebook_message,facebook_post,facebook_post_comment,twitter_message,"
    "twitter_tweet&limit=100"
)


@pytest.fixture
def late(kayako: Kayako, cast: Cast) -> str:
    """The address of a case of una's that is late."""
    return f"/cases/{kayako.opened(requester_id=cast.una.id, tags='late', type_id=1)['id']}"


def shown(kayako: Kayako, path: str) -> Any:
    answer = kayako.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json["data"]


def test_what_is_named_is_a_reference_unless_it_is_included(kayako: Kayako, cast: Cast, late: str) -> None:
    case = shown(kayako, late)
    assert case["requester"] == {"id": cast.una.id, "resource_type": "user"}
    assert case["status"] == {"id": 1, "resource_type": "case_status"}
    opened = shown(kayako, f"{late}?include=user,%20case_status")
    assert (opened["requester"]["full_name"], opened["status"]["type"]) == ("Una Customer", "NEW")
    assert opened["priority"] == {"id": 2, "resource_type": "case_priority"}
    assert opened["requester"]["role"].keys() == ALWAYS
    everything = shown(kayako, f"{late}?include=*")
    assert (everything["priority"]["label"], everything["requester"]["role"]["type"]) == ("Normal", "CUSTOMER")


@pytest.mark.parametrize(
    "fields", ["+tags", "%2Btags", " tags", "tags", "+tags,+reply_channels", " tags, reply_channels"]
)
def test_what_is_shown_on_demand_is_added_however_the_plus_arrives(kayako: Kayako, late: str, fields: str) -> None:
    usual, more = shown(kayako, late), shown(kayako, f"{late}?fields={fields}")
    assert "tags" not in usual
    assert more.keys() - usual.keys() == {"tags", *(["reply_channels"] if "reply" in fields else [])}
    assert [one["resource_type"] for one in more["tags"]] == ["tag"]


@pytest.mark.parametrize(
    ("fields", "keys"),
    [
        ("subject", {"subject"}),
        ("subject, status", {"subject", "status"}),
        ("subject,%2Btags", {"subject", "tags"}),
        ("last_public_channel(type)", {"last_public_channel"}),
    ],
)
def test_usual_fields_are_shown_alone_with_the_id(kayako: Kayako, late: str, fields: str, keys: set[str]) -> None:
    assert shown(kayako, f"{late}?fields={fields}").keys() == ALWAYS | keys


def test_all_is_shown_and_some_of_it_left_out(kayako: Kayako, late: str) -> None:
    usual = shown(kayako, late)
    assert usual.keys() - shown(kayako, f"{late}?fields=-subject,-status").keys() == {"subject", "status"}
    for every in ("*", "*(*)"):
        assert shown(kayako, f"{late}?fields={every}").keys() - usual.keys() == {"tags", "reply_channels"}
    whole = shown(kayako, f"{late}?fields=*(*)")
    assert (whole["status"]["type"], whole["requester"]["full_name"]) == ("NEW", "Una Customer")


def test_fields_are_selected_inside_of_others(kayako: Kayako, cast: Cast, late: str) -> None:
    channel = shown(kayako, f"{late}?fields=last_public_channel(type)")["last_public_channel"]
    assert (channel["type"], channel.keys()) == ("MAIL", {"uuid", "type", "resource_type"})
    ben = f"/users/{cast.ben.id}"
    role = {"id": 2, "title": "Agent", "resource_type": "role"}
    assert shown(kayako, f"{ben}?fields=role(%2Btitle,-type)")["role"] == role
    assert shown(kayako, f"{ben}?fields=role(title)")["role"] == role
    assert "presence_channel" not in shown(kayako, ben)
    assert {"presence_channel", "full_name"} <= shown(kayako, f"{ben}?fields=presence_channel").keys()
    nested = shown(kayako, f"{late}?fields=requester(role(title))")
    assert nested["requester"]["role"]["title"] == "Customer"


def test_fields_of_cases_are_asked_for_as_a_client_does(kayako: Kayako, user: Callable[[str], Kayako]) -> None:
    said = {"title": "Product", "type": "SELECT", "options": [{"value": "The ten", "tag": "ten"}]}
    user("olga").post("/cases/fields", said)
    found = shown(kayako, "/cases/fields?fields=is_system,key,options(values(translation))")
    [own] = [one for one in found if not one["is_system"]]
    assert own.keys() == ALWAYS | {"is_system", "key", "options"}
    assert own["options"][0]["values"][0]["translation"] == "The ten"


def test_the_calls_of_an_importer_are_answered_as_it_makes_them(kayako: Kayako, late: str) -> None:
    [case] = shown(kayako, CASES)
    names = {name: case[name][key] for name, key in (("status", "type"), ("priority", "label"), ("type", "label"))}
    assert names == {"status": "NEW", "priority": "Normal", "type": "Question"}
    assert (case["requester"]["full_name"], case["source_channel"]["type"]) == ("Una Customer", "MAIL")
    assert [one["name"] for one in case["tags"]] == ["late"]
    [post] = shown(kayako, POSTS)
    assert post["original"]["body_text"] == "It is on fire!"
    assert post["original"]["mailbox"]["address"] == post["source_channel"]["account"]["address"]
    assert post["identity"]["email"] == kayako.email
    assert post["creator"].keys() == ALWAYS


@pytest.mark.parametrize(("query", "headers"), [("&_flat=true", {}), ("&_flat=1", {}), ("", {"X-Options": "flat"})])
def test_flat_things_stand_beside_each_other(
    kayako: Kayako, cast: Cast, late: str, query: str, headers: dict[str, str]
) -> None:
    answer = kayako.get(f"{late}?include=user,case_status{query}", headers=headers).json
    assert answer["data"]["requester"] == {"id": cast.una.id, "resource_type": "user"}
    assert answer["resources"].keys() == {"user", "case_status"}
    assert answer["resources"]["user"][str(cast.una.id)]["full_name"] == "Una Customer"
    assert answer["resources"]["case_status"]["1"]["type"] == "NEW"


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("camel", ("data", "status", "resourceType", "resources")),
        ("pascal", ("Data", "Status", "ResourceType", "Resources")),
    ],
)
def test_flat_things_are_found_by_their_type_in_any_letters(
    kayako: Kayako, late: str, letters: str, names: tuple[str, ...]
) -> None:
    data, status, kind, resources = names
    path = f"/api/v1{late}?include=case_status&_flat=true&_case={letters}"
    answer = kayako.client.get(path, auth=(kayako.email, kayako.key)).json
    assert answer[data][status][kind] in answer[resources]


@pytest.mark.parametrize(("query", "options"), [("?_empty=false", ""), ("?_empty=0", ""), ("", "no_empty")])
def test_nothing_empty_is_shown_also_inside(kayako: Kayako, late: str, query: str, options: str) -> None:
    assert shown(kayako, late)["assigned_agent"] is None
    case = kayako.get(f"{late}{query}", headers={"X-Options": options}).json["data"]
    assert not [name for name, one in case.items() if one is None or one == []]
    assert case["subject"]


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("camel", ("status", "data", "sourceChannel", "resourceType", "sessionId")),
        ("pascal", ("Status", "Data", "SourceChannel", "ResourceType", "SessionId")),
    ],
)
def test_every_name_of_an_answer_is_in_the_letters_of_the_caller(
    kayako: Kayako, late: str, letters: str, names: tuple[str, ...]
) -> None:
    status, data, channel, kind, session = names
    path = f"/api/v1{late}?include=channel&_case={letters}"
    answer = kayako.client.get(path, auth=(kayako.email, kayako.key)).json
    assert (answer[status], answer[data][channel][kind], session in answer) == (200, "channel", True)
    assert not [name for name in (*answer, *answer[data]) if "_" in name]


@pytest.mark.parametrize(
    "query", ["Include=CaseStatus&Fields=Status,SourceChannel", "include=caseStatus&fields=status,sourceChannel"]
)
def test_what_is_wished_may_be_said_in_any_letters(kayako: Kayako, late: str, query: str) -> None:
    assert shown(kayako, f"{late}?{query}") == shown(kayako, f"{late}?include=case_status&fields=status,source_channel")


def test_what_is_included_may_be_an_array(kayako: Kayako, late: str) -> None:
    several = shown(kayako, f"{late}?include[]=user&include[]=case_status")
    assert several == shown(kayako, f"{late}?include=user,case_status")
    assert UNA in str(shown(kayako, f"{late}?include[]=user&include[]=identity_email"))


def test_what_nobody_knows_opens_nothing(kayako: Kayako, late: str) -> None:
    assert shown(kayako, f"{late}?include=pigeon") == shown(kayako, late)
