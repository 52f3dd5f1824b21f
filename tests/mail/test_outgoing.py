"""What leaves: one mail for each reader, from the one address, with a thread of its own."""

from email.message import EmailMessage

import pytest
from flask import Flask

from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA
from tests.conftest import Worker
from tests.leaks import decoded
from tests.letters import SUPPORT, letter
from tests.mail.rows import cases, outbound_to
from tests.sandbox import Outside


def ids_in(mail: EmailMessage, header: str) -> list[str]:
    return str(mail[header] or "").split()


def test_everybody_gets_a_mail_of_his_own_with_one_to_and_no_cc(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    for member in (BEN, AMY):
        outside.reply(outside.inbox(member)[0], "I am on it.")
    work()
    outside.reply(outside.inbox(UNA)[-1], "Thank you both.")
    work()
    for reader in (BEN, AMY):
        mail = outside.inbox(reader)[-1]
        assert "Thank you both." in mail.get_content()
        assert [one.addr_spec for one in mail["To"].addresses] == [reader]
        assert mail["Cc"] is mail["Bcc"] is None
    assert all("Thank you both." not in mail.get_content() for mail in outside.inbox(OLGA))


def test_from_and_reply_to_are_the_bare_support_address(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    for reader in (UNA, BEN, AMY):
        for mail in outside.inbox(reader):
            assert [one.addr_spec for one in mail["From"].addresses] == [SUPPORT]
            assert str(mail["Reply-To"]) == SUPPORT
    assert outside.inbox(UNA)[-1]["From"].addresses[0].display_name == "Ben (Support)"
    assert outside.inbox(BEN)[0]["From"].addresses[0].display_name == "Una Customer"


def test_the_message_id_is_short_and_stored_before_the_mail_leaves(
    app: Flask, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    [stored] = outbound_to(app, UNA)
    assert stored.attempts == 0
    assert len(stored.message_id) < 70
    work()
    [mail] = outside.inbox(UNA)
    assert mail["Message-ID"] == stored.message_id


def test_every_mail_has_a_message_id_of_its_own(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    ids = [mail["Message-ID"] for reader in (UNA, BEN, AMY, OLGA) for mail in outside.inbox(reader)]
    assert len(set(ids)) == len(ids) == 4


def test_who_mailed_in_finds_the_own_mail_answered_and_nobody_else_sees_its_id(work: Worker, outside: Outside) -> None:
    mine = letter(UNA, "I found a bug", "It is over there!")
    outside.send(mine)
    work()
    [initial] = outside.inbox(UNA)
    assert ids_in(initial, "In-Reply-To") == [mine["Message-ID"]]
    assert mine["Message-ID"] in ids_in(initial, "References")


def test_a_team_member_does_not_see_the_ids_of_others(
    api: Api, work: Worker, outside: Outside
) -> None:  # api brings the cast
    mine = letter(UNA, "I found a bug", "It is over there!")
    outside.send(mine)
    work()
    invitation = outside.inbox(BEN)[0]
    assert mine["Message-ID"].strip("<>") not in decoded(invitation.as_bytes())
    assert invitation["In-Reply-To"] is None


def test_references_hold_the_anchor_and_only_ids_that_the_reader_has_seen(
    api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    seen: dict[str, set[str]] = {UNA: set(), BEN: set()}
    for turn in range(6):
        writer = UNA if turn % 2 else BEN
        answer = letter(writer, "Re: it", f"turn {turn}", in_reply_to=outside.inbox(writer)[-1]["Message-ID"])
        seen[writer].add(answer["Message-ID"])
        outside.send(answer)
        work()
    for reader, sent in seen.items():
        got = outside.inbox(reader)
        anchor = ids_in(got[0], "References")[0]
        known = {anchor, *sent, *(mail["Message-ID"] for mail in got)}
        for mail in got:
            references = ids_in(mail, "References")
            assert references[0] == anchor
            assert set(references) <= known
            assert len(references) <= 10
            assert mail["Message-ID"] not in references
        assert ids_in(got[-1], "In-Reply-To") == references[-1:]


def test_only_mail_that_nobody_wrote_says_that_it_is_automatic(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    [initial, answer], [invitation, *_] = outside.inbox(UNA), outside.inbox(BEN)
    for mail in (initial, invitation):
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert answer["Auto-Submitted"] is answer["X-Auto-Response-Suppress"] is None


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_request_to_confirm_is_automatic(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    assert outside.inbox(UNA)[0]["Auto-Submitted"] == "auto-generated"


def test_all_our_mail_carries_the_loop_header(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    everything = [mail for reader in (UNA, BEN, AMY, OLGA) for mail in outside.inbox(reader)]
    assert [mail["X-Casey-Loop"] for mail in everything] == ["casey.test"] * len(everything)


@pytest.mark.settings(CASEY_MAIL_SUBJECT_FORMAT="%prefix%#%reference%: %subject%", CASEY_MAIL_SUBJECT_PREFIX="Fall")
def test_the_subject_is_made_by_its_format(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA, subject="I found a bug")
    work()
    assert outside.inbox(UNA)[0]["Subject"] == f"Fall#{case['reference']}: I found a bug"


def test_a_placeholder_in_a_subject_stays_text(api: Api, work: Worker, outside: Outside) -> None:
    case = api.opened(UNA, subject="%subject% %reference% {{7*7}} %prefix%")
    work()
    expected = f"[Case {case['reference']}] %subject% %reference% {{{{7*7}}}} %prefix%"
    assert {mail["Subject"] for mail in outside.inbox(UNA) + outside.inbox(BEN)} == {expected}
    assert "%subject% %reference% {{7*7}} %prefix%" in outside.inbox(BEN)[0].get_content()


def test_prefixes_and_marks_of_answering_never_pile_up(
    api: Api, work: Worker, outside: Outside, app: Flask
) -> None:  # api brings the cast
    outside.send(letter(UNA, "Re: AW: [Case 123-456789] Re: Fwd: I found a bug", "It is over there!"))
    work()
    [case] = cases(app)
    assert case.subject == "I found a bug"
    assert outside.inbox(BEN)[0]["Subject"] == f"[Case {case.reference}] I found a bug"
