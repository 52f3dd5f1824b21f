"""The team's page of a case in a real browser: a full one on every width, and an answer with a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.cases.custom_fields import CHOICES, FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.labels import attach_labels
from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.cases.ratings import Score, rate_case, rate_message
from app.mail.deciding.newcomers import newcomer
from app.people.persons import known_person
from app.people.sessions import begin_session
from app.transaction import transaction
from tests.api_client import Api
from tests.browser.looking import keep_picture, sticks_out, watched
from tests.browser.screens import ALL, CUT, Screen
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker
from tests.files.posts import a_file, a_picture, posted
from tests.letters import letter
from tests.sandbox import Outside
from tests.scale import FULL

pytestmark = pytest.mark.browser

LONG = "Wolfeschlegelsteinhausenbergerdorff" * 3


def sign_in(app: Flask, context: BrowserContext) -> None:
    """Let this be the browser of ben, who has signed in."""
    with app.app_context(), transaction():
        _, secret = begin_session(known_person(BEN, field="ben"), browser="a desk", ip_address=None)
    context.add_cookies([{"name": "casey_team", "value": secret, "domain": "127.0.0.1", "path": "/team"}])


@pytest.fixture
def small(app: Flask, cast: Cast, chromium: Browser, site: str) -> Iterator[Page]:
    """ben on a small phone without JavaScript."""
    screen = {"width": 360, "height": 640}
    with chromium.new_context(viewport=screen, java_script_enabled=False, base_url=site) as context:
        sign_in(app, context)
        yield context.new_page()


@pytest.fixture
def wide(app: Flask, cast: Cast, chromium: Browser, site: str) -> Iterator[Page]:
    """ben at a desk, with JavaScript."""
    with chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=site) as context:
        sign_in(app, context)
        yield context.new_page()


def answered(page: Page, case: str, file: Path) -> None:
    """Answer with a file, and keep a note with another."""
    page.goto(f"/team/cases/{case}")
    reply = page.locator("#reply > form")
    reply.get_by_label("Your message").fill("Here is the plan.")
    reply.get_by_label("Add files").set_input_files(file)
    reply.get_by_role("button", name="Send").click()
    latest = page.locator("#latest")
    expect(latest).to_contain_text("Here is the plan.")
    expect(latest.get_by_role("link", name=file.name)).to_be_visible()
    page.get_by_text("Write a note").click()
    page.get_by_label("A note for the team").fill("She has it now.")
    page.locator("#note-files").set_input_files(file)
    page.get_by_role("button", name="Keep the note").click()
    expect(page.locator("#latest.note")).to_contain_text("She has it now.")
    expect(page.locator("#latest").get_by_role("link", name=file.name)).to_be_visible()


def test_an_answer_takes_a_file_along_on_a_phone_without_javascript(
    api: Api, small: Page, tmp_path: Path, work: Worker, outside: Outside
) -> None:
    (file := tmp_path / "plan.txt").write_text("The plan.")
    case = api.opened(UNA)
    answered(small, case["uuid"], file)
    work()
    assert "Here is the plan." in outside.inbox(UNA)[-1].as_string()
    with small.expect_download() as saved:
        small.locator("#latest .files a").click()
    assert saved.value.path().read_text() == "The plan."


def test_an_answer_takes_a_file_along_at_a_desk_and_its_draft_is_kept_until_then(
    api: Api, wide: Page, tmp_path: Path
) -> None:
    (file := tmp_path / "plan.txt").write_text("The plan.")
    case = api.opened(UNA)
    wide.goto(f"/team/cases/{case['uuid']}")
    wide.get_by_text("Write a note").click()
    wide.get_by_label("A note for the team").fill("A thought.")
    wide.reload()
    wide.get_by_text("Write a note").click()
    expect(wide.get_by_label("A note for the team")).to_have_value("A thought.")
    expect(wide.get_by_label("Your message")).to_have_value("")
    answered(wide, case["uuid"], file)
    wide.reload()
    expect(wide.get_by_label("Your message")).to_have_value("")


def test_everything_about_a_case_is_done_at_a_desk(api: Api, wide: Page, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA)
    outside.send(letter(EVE, f"Re: [{case['reference']}] lamp", "I have the same lamp."))
    work()
    page = wide
    page.goto(f"/team/cases/{case['uuid']}")
    page.get_by_role("link", name="lamp").first.click()
    expect(page.get_by_text("I have the same lamp.")).to_be_visible()
    page.get_by_role("button", name="Let it in").click()
    work()
    page.reload()
    expect(page.locator("#latest")).to_contain_text("I have the same lamp.")
    for label, option in (("Who answers for it", "Me"), ("Status", "Closed"), ("Status", "Waiting for the team")):
        field = page.get_by_label(label, exact=True)
        field.select_option(label=option)
        page.locator("form", has=field).get_by_role("button").click()
        expect(page.get_by_label(label, exact=True).locator("option:checked")).to_have_text(option)
    page.get_by_label("Labels", exact=True).fill("lamps, dark")
    page.locator("form", has=page.get_by_label("Labels", exact=True)).get_by_role("button").click()
    expect(page.locator(".eyebrow .label")).to_have_text(["lamps", "dark"])
    page.get_by_text("Let somebody in").click()
    page.get_by_label("E-mail address").fill("max@customer.test")
    page.get_by_label("Name, if you know it").fill("Max")
    page.get_by_role("button", name="Let in").click()
    max = page.locator("#people li", has_text="max@customer.test")
    max.get_by_text("Take out", exact=True).click()
    max.get_by_role("button", name="Take out of this case").click()
    expect(max).to_have_count(0)


def crowded(app: Flask, api: Api, work: Worker, outside: Outside) -> str:
    """A case with much of everything, and all of it long."""
    with app.app_context(), transaction():
        una, ben = (known_person(one, field="from") for one in (UNA, BEN))
        case = open_case(una, LONG, "Please help. " * 30, channel="api", confirmed=True)
        for number in range(30):
            person = newcomer(case, f"{number}.{LONG[:40]}@customer.test", f"{LONG} {number}")
            add_participant(case, person, by=ben)
        attach_labels(case, [f"{LONG[:60]} {number}" for number in range(30)], by=ben)
        for number in range(40):
            type = list(FieldType)[number % len(FieldType)]
            more = {"pattern": "[A-Z]{3}"} if type is FieldType.REGEX else {}
            if type in CHOICES:
                more["options"] = [{"key": "a", "title": LONG}, {"key": "b", "title": "Short"}]
            define_field(FieldLevel.CASE, f"field_{number}", type, {"title": f"{LONG} {number}", **more}, by=None)
        answer = post_message(case, f"See https://example.com/{'x' * 200}", by=ben, channel="portal")
        rate_message(answer, Score.HIGH, by=una, comment="Thank you. " * 40)
        rate_case(case, Score.LOW, by=una, comment=LONG)
        reference, uuid = case.reference, str(case.uuid)
    outside.send(letter(EVE, f"[{reference}] {LONG}", LONG))
    work()
    posted(app, uuid, UNA, a_file(f"{LONG}.txt"), a_picture())
    api.post(f"/cases/{uuid}/notes", {"from": BEN, "note": LONG})
    return uuid


@pytest.mark.parametrize("screen", ALL if FULL else CUT, ids=str)
def test_a_crowded_case_keeps_to_its_screen(
    app: Flask,
    api: Api,
    cast: Cast,
    chromium: Browser,
    site: str,
    work: Worker,
    outside: Outside,
    screen: Screen,
    tmp_path: Path,
) -> None:
    address = f"{site}/team/cases/{crowded(app, api, work, outside)}"
    with screen.opened(chromium) as sight:
        page = sight.page
        sign_in(app, page.context)
        notes = watched(page, site)
        page.goto(address)
        keep_picture(page, f"team-case-folded-{screen}", tmp_path)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        keep_picture(page, f"team-case-{screen}", tmp_path)
        assert sticks_out(page) == 0
        assert (notes.complaints, notes.elsewhere) == ([], [])
