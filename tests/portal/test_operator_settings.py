"""Settings, explained and changed."""

import pytest
from flask import Flask

from app.config.settings import DECLARED
from tests.api_client import Api
from tests.cast import OLGA, UNA, Cast
from tests.conftest import on_both
from tests.portal.browser import Browser
from tests.portal.operating import at
from tests.portal.signing_in import signed_in
from tests.queries import queries

SETTINGS = "/team/operator/settings"


@pytest.fixture
def olga(app: Flask, cast: Cast) -> Browser:
    """olga's browser."""
    return signed_in(app, OLGA)


@pytest.mark.settings(CASEY_SMTP_PASSWORD="hidden well", CASEY_OVERDUE="4h", CASEY_BOOTSTRAP_KEY="a boot key")
def test_every_setting_is_there_with_its_value_and_where_that_comes_from(app: Flask, olga: Browser) -> None:
    with queries(app) as asked:
        page = at(olga, SETTINGS)
    assert len(asked) <= 8
    assert all(f">{name}</a>" in page for name in DECLARED)
    for words in (
        "***",
        "from the environment",
        "as it comes",
        "How long a case may wait for the team",
        "CASEY_SECRET_KEY",
    ):
        assert words in page
    for secret in ("hidden well", "a secret key for tests", "a boot key"):
        assert secret not in page


@pytest.mark.settings(CASEY_OVERDUE="4h", CASEY_MAIL_ALIASES="info@a.test,hello@a.test", CASEY_SMTP_PASSWORD="hidden")
def test_each_has_a_form_that_changes_nothing_when_it_is_sent_as_it_is(api: Api, olga: Browser) -> None:
    api.post("/config", {"caseCloseIdle": 3600})
    before, events = api.get("/config").json, len(api.get("/audit?limit=200").json["items"])
    for name in DECLARED:
        at(olga, f"{SETTINGS}/{name}")
        assert olga.press(f"{SETTINGS}/{name}").status_code == 200, name
    assert api.get("/config").json == before
    assert len(api.get("/audit?limit=200").json["items"]) == events


@on_both
def test_a_setting_is_changed_and_taken_back(api: Api, olga: Browser) -> None:
    at(olga, f"{SETTINGS}/overdue")
    page = olga.press("/overdue", overdue="2d").text
    assert "changed while running" in page
    assert api.get("/config").json["overdue"] == "2d"
    twice = olga.page
    assert "as it comes" in olga.press("/forget").text
    olga.page = twice
    assert olga.press("/forget").status_code == 200
    assert api.get("/config").json["overdue"] == "1d"
    events = [one for one in api.get("/audit").json["items"] if one["name"].startswith("setting_")]
    assert len(events) == 2


@pytest.mark.parametrize(
    ("name", "entered", "sentence", "kept"),
    [
        ("overdue", "soon", "overdue must be", "soon"),
        ("smtpPort", "70000", "must be a whole number from 1 to 65535", "70000"),
        ("brandColor", "<b>", "must be a colour such as #1b6a5c", "&lt;b&gt;"),
        ("mailAliases", "info@a.test\nnobody", "must be an array of e-mail addresses", "nobody"),
        ("smtpAdapter", "smtp", "mailAddress is required", "smtp"),
        ("smtpAdapter", "pigeon", "Not a valid choice", "smtpAdapter"),
        ("overdue", "", "overdue must be", "overdue"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_entered_stays(
    olga: Browser, name: str, entered: str, sentence: str, kept: str
) -> None:
    at(olga, f"{SETTINGS}/{name}")
    answer = olga.press(f"{SETTINGS}/{name}", **{name: entered})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert kept in answer.text


@pytest.mark.parametrize(
    ("name", "entered", "sentence"),
    [
        ("overdue", "soon", "overdue muss eine Zahl von Sekunden oder eine Dauer sein"),
        ("smtpPort", "70000", "smtpPort muss eine ganze Zahl von 1 bis 65535 sein."),
        ("mailAliases", "nobody", "mailAliases muss eine Liste von E-Mail-Adressen sein"),
        ("mailAliases", UNA, "mailAliases ist schon die Adresse von Una"),
        ("smtpAdapter", "smtp", "mailAddress wird gebraucht, wenn smtpAdapter smtp und imapAdapter"),
        ("smtpUsername", "casey", "smtpPassword wird gebraucht, wenn smtpUsername gesetzt ist"),
    ],
)
@pytest.mark.settings(CASEY_SMTP_ADAPTER="smtp", CASEY_SMTP_SERVER="mail.test", CASEY_MAIL_ADDRESS="help@casey.test")
def test_what_is_wrong_is_said_in_the_language_of_its_reader(
    api: Api, cast: Cast, olga: Browser, name: str, entered: str, sentence: str
) -> None:
    api.patch(f"/persons/{cast.olga.uuid}", {"language": "de"})
    if name == "smtpAdapter":
        api.post("/config", {"smtpAdapter": "sandbox", "mailAddress": None})
    at(olga, f"{SETTINGS}/{name}")
    assert sentence in olga.press(f"{SETTINGS}/{name}", **{name: entered}).text


def test_values_of_every_kind_are_entered_as_text(api: Api, olga: Browser) -> None:
    for name, entered, value in [
        ("caseConfirmation", "true", True),
        ("mailAliases", "info@a.test\r\n\r\nhello@a.test", ["info@a.test", "hello@a.test"]),
        ("mailSyncTimer", " 90 ", 90),
        ("caseRating", "none", "none"),
        ("caseCloseIdle", "30d", "30d"),
        ("caseCloseIdle", "", None),
        ("brandFooter", "", ""),
    ]:
        at(olga, f"{SETTINGS}/{name}")
        answer = olga.press(f"{SETTINGS}/{name}", **{name: entered})
        assert answer.status_code == 200, answer.text
        assert api.get("/config").json[name] == value


def test_a_secret_is_never_shown_stays_when_left_empty_and_can_be_removed(api: Api, olga: Browser) -> None:
    at(olga, f"{SETTINGS}/smtpPassword")
    assert "hidden well" not in olga.press("/smtpPassword", smtpPassword="hidden well").text
    assert api.get("/config").json["smtpPassword"] == "***"
    olga.press("/smtpPassword")
    assert api.get("/config").json["smtpPassword"] == "***"
    olga.press("/smtpPassword", remove="y")
    assert api.get("/config").json["smtpPassword"] is None


@pytest.mark.settings(CASEY_SMTP_PASSWORD="hidden well", CASEY_SMTP_SERVER="mail.test")
def test_a_stored_password_goes_to_no_other_server_unless_it_is_given_again(api: Api, olga: Browser) -> None:
    at(olga, f"{SETTINGS}/smtpServer")
    refused = olga.press("/smtpServer", smtpServer="elsewhere.test")
    assert (refused.status_code, "smtpPassword must be given too" in refused.text) == (422, True)
    assert olga.press("/smtpServer", smtpServer="elsewhere.test", smtpPassword="anew").status_code == 200
    assert api.get("/config").json["smtpServer"] == "elsewhere.test"
