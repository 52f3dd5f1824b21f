"""Every setting of the README: its wire name, its default, what it takes and what it refuses."""

from datetime import timedelta

import pytest

from app.config.settings import DECLARED, SECRETS, build, checked, variable
from tests.api_client import Api
from tests.api_document import validator

README = {
    "caseConfirmation": False,
    "caseCloseIdle": None,
    "caseCanReopen": True,
    "caseSendInitial": True,
    "caseSendCopy": False,
    "caseConfirmUrl": None,
    "teamInviteReminder": "1d",
    "teamInviteCount": 3,
    "mailEnable": True,
    "mailSubjectFormat": "[%prefix% %reference%] %subject%",
    "mailSubjectPrefix": "Case",
    "mailSyncTimer": 60,
    "mailAddress": None,
    "mainDomain": None,
    "smtpAdapter": "sandbox",
    "smtpServer": None,
    "smtpPort": 587,
    "smtpUsername": None,
    "smtpPassword": None,
    "smtpEncryption": "starttls",
    "imapAdapter": "sandbox",
    "imapServer": None,
    "imapPort": 993,
    "imapUsername": None,
    "imapPassword": None,
    "imapEncryption": "tls",
}

GOOD: list[tuple[str, object]] = [
    ("caseCloseIdle", "30d"),
    ("caseCloseIdle", 3600),
    ("caseCloseIdle", "3600"),
    ("caseCloseIdle", None),
    ("teamInviteReminder", "2w"),
    ("teamInviteCount", 0),
    ("caseConfirmUrl", "https://shop.test/confirm?code=%code%"),
    ("caseConfirmUrl", None),
    ("timeZone", "Europe/Berlin"),
    ("overdue", "4h"),
    ("caseMetaFilters", ["order_id", "shop.name"]),
    ("mailSubjectFormat", "%subject% (%reference%)"),
    ("mailSubjectPrefix", ""),
    ("mailAddress", "help@domain.tld"),
    ("mailAddress", "help@exämple.test"),
    ("mainDomain", "domain.tld"),
    ("smtpAdapter", "sandbox"),
    ("smtpServer", "127.0.0.1"),
    ("smtpPort", 65_535),
    ("smtpPassword", "pässwörd with blanks"),
    ("smtpEncryption", "none"),
    ("imapEncryption", "starttls"),
]

BAD: list[tuple[str, object]] = [
    *((name, value) for name, default in README.items() if isinstance(default, bool) for value in ("true", 1, None)),
    *((name, {"a": 1}) for name in README),
    *((name, ["30d"]) for name in README),
    *((name, True) for name in README if not isinstance(README[name], bool)),
    *((name, 5) for name in ("mailSubjectFormat", "mailSubjectPrefix", "mailAddress", "mainDomain", "smtpPassword")),
    *(("caseCloseIdle", value) for value in (0, -1, 1.5, "", "soon", "30 days", "1x", "-5d", "36501d", "9" * 30)),
    ("teamInviteReminder", None),
    ("teamInviteCount", -1),
    ("teamInviteCount", "3"),
    ("teamInviteCount", 2.0),
    ("mailSyncTimer", 0),
    ("mailSyncTimer", 86_401),
    ("mailSyncTimer", None),
    ("caseConfirmUrl", "https://shop.test/confirm"),
    ("caseConfirmUrl", "javascript:%code%"),
    ("caseConfirmUrl", "/confirm/%code%"),
    ("caseConfirmUrl", "https://shop.test/%code%\r\nBcc: eve@stranger.test"),
    ("mailSubjectFormat", "%subject%\nBcc: eve@stranger.test"),
    ("mailSubjectPrefix", "Case\x7f"),
    ("mailAddress", "nobody"),
    ("mailAddress", "Casey <support@domain.tld>"),
    ("mailAddress", "a@domain.tld, b@domain.tld"),
    ("mailAddress", "=?x?q?evil=40attacker.test=3e=20?=foo@victim.example"),
    ("mainDomain", "not a domain"),
    ("mainDomain", ""),
    ("smtpServer", "mx.test:25"),
    ("smtpPort", 0),
    ("smtpPort", 65_536),
    ("smtpAdapter", "imap"),
    ("imapAdapter", "SANDBOX"),
    ("smtpEncryption", "ssl"),
    ("imapEncryption", None),
    ("smtpPassword", "x" * 1001),
]


def test_every_key_of_the_readme_is_there_with_its_default_and_its_meaning() -> None:
    assert {name: DECLARED[name].metadata["default"] for name in README} == README
    assert all(len(one.metadata["help"]) > 5 for one in DECLARED.values())
    assert {"smtpPassword", "imapPassword", "oauthClientSecret", "oauthRefreshToken"} == SECRETS


def test_the_settings_are_shown_under_their_wire_names_as_they_are_in_force(api: Api) -> None:
    shown = api.get("/config").json
    derived = {"mailAddress": "support@casey.test", "mainDomain": "casey.test"}
    assert {name: shown[name] for name in README} == README | derived


def test_each_setting_has_a_variable_of_its_own_in_the_environment() -> None:
    assert variable("caseCloseIdle") == "CASEY_CASE_CLOSE_IDLE"
    assert variable("smtpPassword") == "CASEY_SMTP_PASSWORD"
    assert len({variable(name) for name in DECLARED}) == len(DECLARED)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (90, timedelta(seconds=90)),
        ("90", timedelta(seconds=90)),
        ("45s", timedelta(seconds=45)),
        ("10m", timedelta(minutes=10)),
        ("12h", timedelta(hours=12)),
        ("30d", timedelta(days=30)),
        ("2w", timedelta(weeks=2)),
        (" 2w ", timedelta(weeks=2)),
        (None, None),
    ],
)
def test_durations_are_seconds_or_a_number_with_a_unit(written: object, meant: object) -> None:
    assert build({"caseCloseIdle": written}).case_close_idle == meant


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_what_a_setting_takes(name: str, value: object) -> None:
    checked(name, value)


def test_a_value_of_the_wrong_kind_is_refused_by_name_and_changes_nothing(api: Api) -> None:
    before = api.get("/config").json
    for name, value in BAD:
        answer = api.post("/config", [{name: value}])
        assert answer.status_code == 422, (name, value)
        assert (answer.json["code"], answer.json["field"]) == ("invalid", name), (name, value)
        assert answer.json["detail"].startswith(f"{name} must"), answer.json["detail"]
    assert api.get("/config").json == before


# What JSON Schema cannot say: that a unit makes a number too large, that 2.0 is no whole number; and all of addresses.
UNSAID = [("caseCloseIdle", "36501d"), ("teamInviteCount", 2.0)]


def test_the_document_describes_what_a_setting_takes_and_what_it_refuses() -> None:
    described = validator("/paths/~1config/post/requestBody/content/application~1json/schema")
    for name, value in GOOD:
        assert described.is_valid({name: value}), (name, value)
        assert described.is_valid([{name: value}]), (name, value)
    taken = [(name, value) for name, value in BAD if described.is_valid({name: value})]
    assert [one for one in taken if one[0] != "mailAddress" or not isinstance(one[1], str)] == UNSAID
    assert not described.is_valid({"mailSyncTimers": 120})
    assert not described.is_valid([])


def test_nothing_is_fetched_for_what_is_no_setting(api: Api) -> None:
    answer = api.post("/config", {"attachment_urls": ["https://shop.example.com/logo.png"]})
    assert (answer.status_code, answer.json["field"]) == (422, "attachment_urls")


def test_the_domain_of_message_ids_is_that_of_the_mail_address_as_servers_know_it() -> None:
    assert build({"mailAddress": "help@Domain.TLD"}).main_domain == "domain.tld"
    assert build({"mailAddress": "help@exämple.test"}).main_domain == "xn--exmple-cua.test"
    assert build({"mailAddress": "help@domain.tld", "mainDomain": "ids.tld"}).main_domain == "ids.tld"
