"""What the team says of a case, and merging it."""

from typing import Any

from flask import Flask

from tests.api_client import Api
from tests.cast import AMY, BEN, UNA, Cast
from tests.conftest import on_both
from tests.files.posts import a_file, posted
from tests.portal.browser import Browser
from tests.portal.signing_in import signed_in
from tests.portal.team_case import now


def test_what_is_wrong_comes_back_with_what_was_typed(case: Any, ben: Browser) -> None:
    page = ben.press("/reply", message="  ")
    assert page.status_code == 422
    assert "Please write something first." in page.text
    page = ben.press("/labels", labels=f"short, {'long' * 30}")
    assert page.status_code == 422
    assert "A label is at most 100 characters long." in page.text
    assert ben.press("/status", status="nonsense").status_code == 422
    assert ben.press("/assign", whom="team:nonsense").status_code == 200
    page = ben.press("/merge", into="999-<999>")
    assert page.status_code == 422
    assert "There is no case with this number." in page.text
    assert "999-&lt;999&gt;" in page.text


@on_both
def test_facts_are_set_each_by_its_form(api: Api, case: Any, cast: Cast, ben: Browser) -> None:
    ben.press("/assign", whom=f"person:{cast.amy.uuid}")
    ben.press("/priority", priority="high")
    ben.press("/labels", labels="lamps, <dark>")
    ben.press("/status", status="waiting")
    found = now(api, case)
    assert found["assignee"]["name"] == "Amy Bar"
    assert (found["priority"], found["status"], found["tags"]) == ("high", "waiting", ["<dark>", "lamps"])
    ben.press("/assign", whom="")
    assert now(api, case)["assignee"] is None


def test_a_case_is_given_to_a_team_and_stands_in_a_status_of_ones_own(api: Api, case: Any, ben: Browser) -> None:
    team = api.post("/teams", {"name": "Lights"}).json
    api.post("/statuses", {"label": "With the maker", "base": "waiting"})
    ben.open(f"/team/cases/{case['uuid']}")
    ben.press("/assign", whom=f"team:{team['uuid']}")
    assert now(api, case)["team"]["name"] == "Lights"
    page = ben.press("/status", status="own:With the maker")
    assert page.text.count("With the maker") >= 2
    assert now(api, case)["custom_status"] == "With the maker"
    ben.press("/status", status="closed")
    assert now(api, case)["status"] == "closed"


@on_both
def test_fields_of_the_operators_own_are_filled(api: Api, case: Any, ben: Browser) -> None:
    choices = {"options": [{"key": "red", "title": "Red <3"}, {"key": "blue", "title": "Blue"}]}
    kinds: dict[str, Any] = {key: {} for key in ("text", "textarea", "number", "decimal", "date", "yes_no")}
    for kind, more in {**kinds, "select": choices, "multi_select": choices}.items():
        made = api.post("/fields", {"level": "case", "key": f"a_{kind}", "title": "One", "type": kind, **more})
        assert made.status_code == 201, made.text
    page = ben.open(f"/team/cases/{case['uuid']}")
    assert "Red &lt;3" in page.text
    said = {"text": "Word", "number": "7", "decimal": "1,5", "date": "2027-01-31", "yes_no": "true", "select": "red"}
    ben.press(
        "/fields", field_a_multi_select=["red", "blue"], **{f"field_a_{kind}": text for kind, text in said.items()}
    )
    found = now(api, case)["fields"]
    assert found == {
        "a_text": "Word",
        "a_number": 7,
        "a_decimal": 1.5,
        "a_date": "2027-01-31",
        "a_yes_no": True,
        "a_select": "red",
        "a_multi_select": ["red", "blue"],
    }
    page = ben.press("/fields", field_a_number="seven", field_a_text="")
    assert page.status_code == 422
    assert "This must be a whole number." in page.text
    assert 'value="seven"' in page.text
    assert now(api, case)["fields"] == found


@on_both
def test_a_case_is_merged_by_its_number(api: Api, case: Any, ben: Browser) -> None:
    other = api.opened(UNA, subject="Another lamp")
    page = ben.press("/merge", into=f" {other['reference']} ")
    assert page.request.path == f"/team/cases/{other['uuid']}"
    assert "It is &lt;i&gt;dark&lt;/i&gt;." in page.text
    assert other["reference"] in ben.open(f"/team/cases/{case['uuid']}").text


def test_a_collaborator_merges_nothing(app: Flask, api: Api, case: Any) -> None:
    other = api.opened(UNA)
    amy = signed_in(app, AMY)
    assert "Merge this case" not in amy.open(f"/team/cases/{case['uuid']}").text
    page = amy.open(f"/team/cases/{case['uuid']}")
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = amy.post(f"/team/cases/{case['uuid']}/merge", into=other["reference"], csrf_token=token)
    assert answer.status_code == 403


def the_field(api: Api, type: str, **more: Any) -> None:
    """A field of cases of the operator's own."""
    made = api.post("/fields", {"level": "case", "key": f"a_{type}", "title": "One", "type": type, **more})
    assert made.status_code == 201, made.text


@on_both
def test_a_field_names_a_file_of_the_case_and_gives_it_away_again(
    app: Flask, api: Api, case: Any, ben: Browser
) -> None:
    the_field(api, "file")
    [plan] = posted(app, case["uuid"], UNA, a_file("plan <1>.txt", b"The plan."))
    page = ben.open(f"/team/cases/{case['uuid']}").text
    assert "plan &lt;1&gt;.txt" in page
    assert "Open the file" not in page
    assert "Open the file" in ben.press("/fields", field_a_file=str(plan)).text
    assert now(api, case)["fields"] == {"a_file": str(plan)}
    with ben.client.get(f"/team/cases/{case['uuid']}/fields/a_file") as saved:
        assert saved.data == b"The plan."
        assert saved.headers["Content-Disposition"].startswith("attachment")
    assert ben.client.get(f"/team/cases/{case['uuid']}/fields/nothing").status_code == 404
    ben.open(f"/team/cases/{case['uuid']}")
    assert ben.press("/fields", field_a_file="nonsense").status_code == 422
    assert "This must be the uuid of an attachment." in ben.page.text  # type: ignore[union-attr]
    ben.press("/fields", field_a_file="")
    assert now(api, case)["fields"] == {}


def test_a_file_of_another_case_stays_in_its_field(app: Flask, api: Api, case: Any, ben: Browser) -> None:
    the_field(api, "file")
    [plan] = posted(app, api.opened(UNA)["uuid"], UNA, a_file("plan.txt", b"The plan."))
    api.patch(f"/cases/{case['uuid']}", {"fields": {"a_file": str(plan)}})
    ben.open(f"/team/cases/{case['uuid']}")
    ben.press("/fields")
    assert now(api, case)["fields"] == {"a_file": str(plan)}
    with ben.client.get(f"/team/cases/{case['uuid']}/fields/a_file") as saved:
        assert saved.data == b"The plan."


def test_what_is_wrong_with_a_field_is_said_beside_it_in_the_language_of_its_reader(
    api: Api, case: Any, cast: Cast, ben: Browser
) -> None:
    the_field(api, "number")
    the_field(api, "date")
    api.patch(f"/persons/{cast.ben.uuid}", {"language": "de"})
    ben.open(f"/team/cases/{case['uuid']}")
    page = ben.press("/fields", field_a_number="sieben")
    assert page.status_code == 422
    assert "Dies muss eine ganze Zahl sein." in page.text
    page = ben.press("/fields", field_a_number="", field_a_date="morgen")
    assert page.status_code == 422
    assert "Dies muss ein Tag sein, etwa 2027-01-31." in page.text


def test_a_text_that_nobody_changed_is_no_change(api: Api, case: Any, ben: Browser) -> None:
    the_field(api, "textarea")
    api.patch(f"/cases/{case['uuid']}", {"fields": {"a_textarea": "One\nTwo"}})
    ben.open(f"/team/cases/{case['uuid']}")
    ben.press("/fields", field_a_textarea="One\r\nTwo")
    assert len(api.get("/events?name=custom_field_changed").json["items"]) == 1


def test_labels_and_whoever_answers_are_taken_back_and_a_closed_case_is_opened_again(
    api: Api, case: Any, cast: Cast, ben: Browser
) -> None:
    ben.press("/assign", whom=f"person:{cast.ben.uuid}")
    assert "Ben Foo answers for it." in ben.page.text  # type: ignore[union-attr]
    ben.press("/labels", labels="lamps, dark")
    ben.press("/status", status="closed")
    ben.press("/labels", labels="dark")
    ben.press("/assign", whom="")
    page = ben.press("/status", status="open").text
    assert "Nobody answers for it yet." in page
    found = now(api, case)
    assert (found["tags"], found["assignee"], found["status"]) == (["dark"], None, "open")


def test_what_customers_thought_stands_beside_what_they_thought_it_of(api: Api, case: Any, ben: Browser) -> None:
    path = f"/cases/{case['uuid']}"
    answer = api.post(f"{path}/messages", {"from": BEN, "message": "Try the switch."}).json["uuid"]
    api.post(f"{path}/messages/{answer}/ratings", {"from": UNA, "score": "high", "comment": "It <b>works</b>."})
    api.post(f"{path}/ratings", {"from": UNA, "score": "low", "comment": "So slow."})
    page = ben.open(f"/team{path}").text
    assert "Helpful" in page.split("Try the switch.")[1].split("</li>")[0]
    assert "It &lt;b&gt;works&lt;/b&gt;." in page
    assert "So slow." in page.split("What customers thought")[1]


def test_cases_of_other_customers_are_merged_only_where_they_may_read_everything(
    api: Api, case: Any, ben: Browser
) -> None:
    other = api.opened("max@customer.test")
    page = ben.press("/merge", into=other["reference"])
    assert page.status_code == 409
    assert "The customers in these cases are not the same" in page.text
    assert f'value="{other["reference"]}"' in page.text
    assert ben.press("/merge", share="y").request.path == f"/team/cases/{other['uuid']}"
