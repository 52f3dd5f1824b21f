"""What people write is only ever read: none of hundreds of hostile texts runs on any page that shows it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.transaction import transaction
from tests.browser.house import sandbox_link
from tests.browser.xss.payloads import payloads
from tests.browser.xss.planting import batches, planted
from tests.browser.xss.trap import Trap, trap
from tests.cast import BEN, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.sandbox import Outside
from tests.scale import up_to

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

MAILS = up_to(5, 150)


@pytest.fixture
def caught(chromium: Browser, site: str) -> Iterator[Trap]:
    """A browser in which nothing may run but what is ours."""
    with chromium.new_context() as context:
        yield trap(context.new_page(), site)


def test_there_are_enough_of_them_and_each_is_another() -> None:
    assert len(set(payloads())) == len(payloads()) >= 300


def test_a_trap_springs_where_a_text_is_taken_for_more(caught: Trap, site: str) -> None:
    caught.page.goto(site)
    caught.page.evaluate(
        "() => document.body.append(document.createRange().createContextualFragment('<p onclick=hit(1)>'))"
    )
    caught.page.evaluate("hit(2)")
    assert caught.spring()[:2] == ["ran: 2", "armed: P onclick=hit(1)"]


def test_nothing_runs_on_the_pages_of_cases(site: str, app: Flask, cast: object, caught: Trap) -> None:
    for one in planted(app, payloads()):
        for path in (one.customer, one.team, one.confirming):
            caught.page.goto(site + path)
            assert caught.spring() == [], path


def test_nothing_runs_on_the_pages_of_the_sandbox(
    site: str, app: Flask, cast: object, caught: Trap, outside: Outside, work: Worker
) -> None:
    planted(app, payloads())
    received = [outside.send(letter(UNA, _line(batch), "\n".join(batch))) for batch in batches(payloads())]
    work()
    caught.page.goto(sandbox_link(app, site))
    lists = ["", f"mailboxes/{UNA}", f"mailboxes/{BEN}", "received"]
    mails = [f"mails/{id}?view={view}" for id in range(1, MAILS) for view in ("html", "text", "source")]
    for path in [*lists, *mails, *(f"received/{id}" for id in received[:MAILS])]:
        caught.page.goto(f"{site}/sandbox/{path}")
        assert caught.spring() == [], path


@pytest.mark.settings(CASEY_CONTACT_FORM="true")
def test_nothing_runs_in_a_form_that_comes_back_as_it_was_filled_in(site: str, app: Flask, caught: Trap) -> None:
    hostile = payloads()
    with app.app_context(), transaction():
        facts = {"title": hostile[0][:200], "visible_to_customers": True}
        define_field(FieldLevel.CASE, "said", FieldType.TEXT, facts, by=None)
    caught.page.goto(f"{site}/new")
    for batch in batches(hostile):
        for name in ("name", "address", "subject", "message"):
            caught.page.locator(f"#{name}").fill(" ".join(batch))
        caught.page.locator("main form button").click()
        caught.page.wait_for_load_state()
        assert caught.page.locator("#message").input_value().startswith(batch[0][:5].lstrip("\n"))
        assert caught.spring() == [], batch


def _line(batch: list[str]) -> str:
    """As one header can hold it."""
    return "".join(one if one.isprintable() else " " for one in " ".join(batch))
