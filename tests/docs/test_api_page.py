"""The page about the API as a guide: what it lists is what there is, and it leads from the easy to the rare."""

import re
from typing import Any

import pytest
from flask import Flask

from app.extensions import db
from app.people.access import NEEDED, Act
from app.people.models import Role
from app.transaction import transaction
from app.webhooks.endpoints import create_webhook
from app.webhooks.signing import secret_of, signed
from tests.docs.pages import ROOT, section
from tests.docs.recorded import event_names

API = ROOT / "docs/api/casey.md"
CHAPTERS = ["Quick start", "The key", "Errors", "Repeating a request", "Lists", "Cases", "Messages", "Persons"]
LATER = ["Many at once", "Events", "Webhooks", "Privacy", "API keys", "All calls"]


def test_the_page_names_every_event_once() -> None:
    listed = re.findall(r"`([a-z_]+)`", section(API, "events"))
    assert sorted(listed) == sorted(event_names())


def test_the_page_lists_every_scope_with_the_role_that_it_narrows() -> None:
    rows = re.findall(r"^\| (\w+) \| (`.*) \|$", section(API, "scopes"), re.M)
    listed = {scope: role for role, scopes in rows for scope in re.findall(r"`(\w+)`", scopes)}
    assert listed == {str(act): str(NEEDED[act]) for act in Act}
    assert [role for role, _ in rows] == [str(role) for role in Role if role in NEEDED.values()]


def test_the_page_leads_from_a_quick_start_to_what_is_rarely_needed() -> None:
    headings = re.findall(r"^## (.+)$", API.read_text("utf-8"), re.M)
    assert [one for one in headings if one in {*CHAPTERS, *LATER}] == CHAPTERS + LATER
    assert headings[-1] == "All calls"


@pytest.fixture
def is_from_casey() -> Any:
    """The function that the page shows to receivers of webhooks."""
    [shown] = re.findall(r"^```python\n(.*?)^```$", API.read_text("utf-8"), re.M | re.S)
    found: dict[str, Any] = {}
    exec(shown, found)
    return found["is_from_casey"]


def test_the_receiver_of_a_webhook_tells_ours_from_others_as_the_page_shows(app: Flask, is_from_casey: Any) -> None:
    with app.app_context(), transaction():
        webhook = create_webhook("https://shop.example.com/casey", ["*"], "", by=None)
        db.session.flush()
        secret, headers = secret_of(webhook), signed(webhook, "01a200d0", b'{"type": "case_closed"}')
    assert is_from_casey(secret, headers, b'{"type": "case_closed"}')
    assert not is_from_casey(secret, headers, b'{"type": "case_opened"}')
    assert not is_from_casey("whsec_bm90IGl0", headers, b'{"type": "case_closed"}')
    assert not is_from_casey(secret, headers | {"webhook-timestamp": "1"}, b'{"type": "case_closed"}')
