"""What each setting of the README does, seen from outside."""

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask

from app.jobs.periodic import due_tasks
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA
from tests.conftest import Worker
from tests.sandbox import Outside, link_in

TEAM = (BEN, AMY, OLGA)
START = datetime(2030, 1, 1, 12, tzinfo=UTC)


def subjects(outside: Outside, *addresses: str) -> list[str]:
    return [mail["Subject"] for address in addresses for mail in outside.inbox(address)]


def opened_and_mailed(api: Api, work: Worker, **settings: object) -> dict[str, str]:
    assert api.post("/config", settings).status_code == 200
    case = api.opened(UNA)
    work()
    return case


def test_case_confirmation_lets_a_case_wait_and_the_team_in_peace(api: Api, work: Worker, outside: Outside) -> None:
    assert opened_and_mailed(api, work, caseConfirmation=True)["state"] == "pending"
    assert len(outside.inbox(UNA)) == 1
    assert subjects(outside, *TEAM) == []


def test_case_confirm_url_is_where_the_link_leads(api: Api, work: Worker, outside: Outside) -> None:
    opened_and_mailed(api, work, caseConfirmation=True, caseConfirmUrl="https://shop.test/confirm?code=%code%&a=%20")
    [mail] = outside.inbox(UNA)
    link = link_in(mail, "/confirm")
    assert link.startswith("https://shop.test/confirm?code=")
    assert link.endswith("&a=%20")
    code = link.removeprefix("https://shop.test/confirm?code=").removesuffix("&a=%20")
    assert api.post("/cases/confirm", {"code": code}).json["state"] == "active"


def test_case_close_idle_closes_what_lies_too_long(api: Api, work: Worker) -> None:
    with time_machine.travel(START, tick=False) as clock:
        case = opened_and_mailed(api, work, caseCloseIdle="30d")
        clock.shift(timedelta(days=30))
        work()
        assert api.get(f"/case/{case['uuid']}").json["status"] == "new"
        clock.shift(timedelta(seconds=1))
        work()
        assert api.get(f"/case/{case['uuid']}").json["status"] == "closed"


def test_case_send_initial_decides_whether_the_creator_gets_a_copy(api: Api, work: Worker, outside: Outside) -> None:
    opened_and_mailed(api, work, caseSendInitial=False)
    assert outside.inbox(UNA) == []
    opened_and_mailed(api, work, caseSendInitial=True)
    [copy] = outside.inbox(UNA)
    assert "It is over there!" in copy.get_content()


def test_case_send_copy_sends_a_message_back_to_its_writer(api: Api, work: Worker, outside: Outside) -> None:
    case = opened_and_mailed(api, work, caseSendInitial=False)
    for wanted in (False, True):
        api.post("/config", {"caseSendCopy": wanted})
        api.post(f"/case/{case['uuid']}/messages", {"from": UNA, "message": "It is still there."})
        work()
        assert len(outside.inbox(UNA)) == wanted


def test_team_invite_count_is_how_many_are_invited(api: Api, work: Worker, outside: Outside) -> None:
    opened_and_mailed(api, work, teamInviteCount=2)
    assert sorted(len(outside.inbox(one)) for one in TEAM) == [0, 1, 1]
    opened_and_mailed(api, work, teamInviteCount=0)
    assert sorted(len(outside.inbox(one)) for one in TEAM) == [1, 2, 2]


def test_team_invite_reminder_is_when_the_next_are_asked(api: Api, work: Worker, outside: Outside) -> None:
    with time_machine.travel(START, tick=False) as clock:
        opened_and_mailed(api, work, teamInviteCount=1, teamInviteReminder="2h")
        clock.shift(timedelta(hours=1, minutes=59))
        work()
        assert [len(outside.inbox(one)) for one in TEAM] == [1, 0, 0]
        clock.shift(timedelta(minutes=2))
        work()
        assert [len(outside.inbox(one)) for one in TEAM] == [2, 1, 0]


def test_mail_enable_false_sends_nothing_at_all(api: Api, work: Worker, outside: Outside) -> None:
    case = opened_and_mailed(api, work, mailEnable=False)
    api.post(f"/case/{case['uuid']}/messages", {"from": BEN, "message": "Can you tell us more?"})
    work()
    assert subjects(outside, UNA, *TEAM) == []


def test_subject_lines_are_made_by_one_pass_over_the_format(api: Api, work: Worker, outside: Outside) -> None:
    settings = {"mailSubjectFormat": "%subject% / %prefix% %reference% {{7*7}}", "mailSubjectPrefix": "%subject%"}
    api.post("/config", settings)
    case = api.opened(UNA, subject="%reference% is broken")
    work()
    assert subjects(outside, UNA) == [f"%reference% is broken / %subject% {case['reference']} {{{{7*7}}}}"]


def test_main_domain_is_that_of_our_message_ids(api: Api, work: Worker, outside: Outside) -> None:
    opened_and_mailed(api, work, mainDomain="ids.domain.tld")
    [mail] = outside.inbox(UNA)
    assert mail["Message-ID"].endswith("@ids.domain.tld>")


def test_mail_address_is_the_one_everybody_writes_to(api: Api, work: Worker, outside: Outside) -> None:
    opened_and_mailed(api, work, mailAddress="help@domain.tld")
    for mail in outside.inbox(UNA) + outside.inbox(BEN):
        assert [one.addr_spec for one in mail["From"].addresses] == ["help@domain.tld"]


def test_mail_sync_timer_is_how_often_the_mailbox_is_looked_into(app: Flask, api: Api) -> None:
    api.post("/config", {"mailSyncTimer": 7})
    with app.app_context(), time_machine.travel(START, tick=False) as clock:
        looks = []
        for second in range(30):
            with transaction():
                looks += [second for name, _ in due_tasks() if name == "mail.sync_mailboxes"]
            clock.shift(timedelta(seconds=1))
        assert looks == [1, 8, 15, 22, 29]
