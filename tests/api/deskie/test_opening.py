"""What can be said of a case when it is opened by Deskie's dialect: every parameter of it."""

import io
from typing import Any

import pytest

from tests.api.deskie.client import Deskie
from tests.api.deskie.conftest import Staff
from tests.api_client import Api
from tests.cast import UNA, Cast
from tests.conftest import Worker
from tests.files.web import Web
from tests.sandbox import Outside

CONTACTS = {
    "user_email": "new@customer.test",
    "user_phone": "+49 30 1234567",
    "user_whatsapp_phone": "+49 30 7654321",
    "user_custom_id": 4711,
    **dict.fromkeys(
        (
            *("user_telegram", "user_telegram_data", "user_viber", "user_skype", "user_line", "user_slack"),
            *("user_mattermost", "user_avito", "user_vkontakte", "user_odnoklassniki", "user_facebook"),
            "user_instagram",
        ),
        "new.user",
    ),
}


def native(api: Api, case: Any) -> Any:
    """The same case by the native API."""
    [found] = api.get(f"/cases?reference={case['case_number']}").json["items"]
    return api.get(f"/cases/{found['uuid']}").json


def messages(deskie: Deskie, case: Any) -> list[Any]:
    found = deskie.get(f"/cases/{case['case_id']}/messages.json").json
    return [found[str(number)]["message"] for number in range(found["total_count"])]


@pytest.mark.parametrize("name", CONTACTS)
def test_any_contact_says_whose_it_is_and_the_same_one_is_the_same_user(
    deskie: Deskie, staff: Staff, name: str
) -> None:
    said = {"user_email": "", name: CONTACTS[name], "user_full_name": "New User"}
    first, again = (deskie.opened(**said) for _ in range(2))
    assert first["user_id"] == again["user_id"]
    user = deskie.get(f"/users/{first['user_id']}.json").json["user"]
    shown = name.removesuffix("_data")
    assert (user["user_full_name"], user[shown]) == ("New User", str(CONTACTS[name]))
    assert user["type"] == shown.removeprefix("user_")


def test_of_several_contacts_the_first_says_whose_it_is_and_the_others_are_not_kept(deskie: Deskie) -> None:
    phone = "+49 30 1234567"
    case = deskie.opened("new@customer.test", user_phone=phone)
    assert "user_phone" not in deskie.get(f"/users/{case['user_id']}.json").json["user"]
    assert deskie.opened("", user_phone=phone)["user_id"] != case["user_id"]


def test_a_user_who_is_known_keeps_his_name(deskie: Deskie, cast: Cast) -> None:
    case = deskie.opened(UNA, user_full_name="Somebody Else")
    assert case["user_id"] == cast.una.id
    assert deskie.get(f"/users/{cast.una.id}.json").json["user"]["user_full_name"] == "Una Customer"


def test_a_subject_of_blanks_is_no_reason_to_refuse_a_case(deskie: Deskie, work: Worker, outside: Outside) -> None:
    case = deskie.opened(UNA, subject="    ")
    assert case["subject"] == "(no subject)"
    work()
    [mail] = outside.inbox(UNA)
    assert "(no subject)" in mail["Subject"]


def test_a_text_or_html_or_both_say_what_it_is_about(deskie: Deskie) -> None:
    html = "<p>It is on <b>fire</b>!</p>"
    for said, content, content_html in (
        ({"content": "It burns."}, "It burns.", ""),
        ({"content": "", "content_html": html}, "It is on fire!", html),
        ({"content": "It burns.", "content_html": html}, "It burns.", html),
    ):
        [message] = messages(deskie, deskie.opened(**said))
        assert (message["content"], message["content_html"]) == (content, content_html)
        assert (message["user_id"] > 0, message["staff_id"]) == (True, 0)


@pytest.mark.parametrize("priority", ["low", "normal", "high", "critical"])
@pytest.mark.parametrize("status", ["open", "waiting", "closed"])
def test_every_priority_and_status_is_taken(deskie: Deskie, priority: str, status: str) -> None:
    case = deskie.opened(priority=priority, status=status)
    assert (case["priority"], case["status"]) == (priority, status)


def test_who_answers_for_it_its_labels_and_its_language_are_said_at_once(
    deskie: Deskie, staff: Staff, cast: Cast
) -> None:
    olga = staff("olga")
    group = olga.post("/groups.json", {"group": {"group_title": "Shop"}}).json["group"]["group_id"]
    labels = [
        olga.post("/labels.json", {"label": {"label_title": title}}).json["label"]["label_id"] for title in ("a", "b")
    ]
    said = {"staff_id": cast.amy.id, "group_id": group, "labels": labels, "language_id": 4}
    case = deskie.opened(**said)
    assert {name: case[name] for name in said} == said
    assert deskie.opened(labels=labels[0])["labels"] == labels[:1]


def test_fields_of_the_operators_are_filled_and_the_others_are_empty(deskie: Deskie, api: Api) -> None:
    two = [{"key": "small", "title": "Small"}, {"key": "large", "title": "Large"}]
    for key, kind in (
        ("note", "text"),
        ("vip", "checkbox"),
        ("size", "select"),
        ("more", "textarea"),
        ("late", "date"),
    ):
        new = {"level": "case", "key": key, "title": key, "type": kind, **({"options": two} if key == "size" else {})}
        assert api.post("/fields", new).status_code == 201
    empty = {"cf_1": "", "cf_2": False, "cf_3": "", "cf_4": "", "cf_5": ""}
    assert deskie.opened()["custom_fields"] == deskie.opened(custom_fields=[])["custom_fields"] == empty
    said = {"cf_1": "some text", "cf_2": True, "cf_3": "2", "cf_4": "a\nb", "cf_5": "2026-05-01"}
    assert deskie.opened(custom_fields=said)["custom_fields"] == said
    form = {f"case[custom_fields][{name}]": str(value) for name, value in said.items()}
    form |= {"case[user_email]": UNA, "case[subject]": "Help", "case[content]": "It burns."}
    assert deskie.post("/cases.json", data=form).json["case"]["custom_fields"] == said
    assert deskie.opened(custom_fields={"cf_3": "large"})["custom_fields"] == {**empty, "cf_3": "2"}


@pytest.mark.parametrize("name", ["cc_emails", "bcc_emails"])
def test_who_else_is_to_know_is_in_the_case_and_mailed(
    deskie: Deskie, work: Worker, outside: Outside, name: str
) -> None:
    case = deskie.opened(UNA, **{name: "max@customer.test, eva@customer.test"})
    assert case["cc_emails"] == case["recipient_cc"] == "max@customer.test,eva@customer.test"
    assert case["bcc_emails"] == case["recipient_bcc"] == ""
    deskie.post(f"/cases/{case['case_id']}/messages.json", {"message": {"content": "We look into it."}})
    work()
    for address in ("max@customer.test", "eva@customer.test"):
        assert "We look into it." in outside.inbox(address)[-1].get_content()


@pytest.mark.parametrize("first", [0, 1])
def test_files_of_a_form_come_with_the_first_message(deskie: Deskie, api: Api, first: int) -> None:
    form: dict[str, Any] = {"case[user_email]": UNA, "case[subject]": "Help", "case[content]": "See the files."}
    for number, name in enumerate(("Contract.pdf", "Invoice.pdf"), start=first):
        form[f"case[attachments][{number}]"] = (io.BytesIO(b"%PDF"), name)
    answer = deskie.post("/cases.json", data=form, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.text
    case = answer.json["case"]
    [message] = messages(deskie, case)
    assert [one["file_name"] for one in message["attachments"]] == ["Contract.pdf", "Invoice.pdf"]
    [opening] = native(api, case)["messages"]
    assert [one["name"] for one in opening["attachments"]] == ["Contract.pdf", "Invoice.pdf"]


def test_files_are_fetched_from_addresses(deskie: Deskie, web: Web) -> None:
    urls = [f"http://files.test/548899/{name}.pdf" for name in ("contract", "invoice")]
    kind = {"Content-Type": "application/pdf"}
    web.answers |= {url.removeprefix("http://files.test"): (200, kind, [b"%PDF"]) for url in urls}
    [message] = messages(deskie, deskie.opened(attachment_urls=urls))
    assert [(one["file_name"], one["file_size"], one["mime_type"]) for one in message["attachments"]] == [
        ("contract.pdf", 4, "application/pdf"),
        ("invoice.pdf", 4, "application/pdf"),
    ]
