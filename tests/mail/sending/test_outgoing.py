"""What leaves: one mail for each reader, from the one address, with a thread of its own."""

from email.message import EmailMessage

import pytest
from flask import Flask

from app.cases.content import Content, NewFile
from app.mail.models import MailPurpose
from app.mail.sending.composing.letter import compose, envelope_sender
from app.mail.sending.delivering.outcomes import Sent
from app.mail.tokens import read_bounce_address, read_reply_address
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker
from tests.leaks import decoded
from tests.letters import SUPPORT, letter
from tests.mail.outgoing import MAX, made, names_of, opened_case, outbound_for, posted, somebody
from tests.mail.rows import cases, outbound_to
from tests.queries import queries
from tests.reading import page_of
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


def test_only_what_is_new_is_passed_on_and_a_line_says_where_the_rest_is(context: Flask, cast: Cast) -> None:
    with rehearsal():
        text = "The blue one.\n\nOn Monday, Ben wrote:\n> Which table?\n\nUna"
        post = posted(opened_case(), UNA, text, Content(visible=((0, 13), (len(text) - 4, len(text)))))
        mail = made(post, BEN)
        for shown in (mail.get_content(), page_of(mail)):
            assert "Which table?" not in shown
            assert "Quoted text was left out here" in shown
        assert "\n\nThe blue one.\n\nUna\n\nQuoted" in mail.get_content()


def test_a_message_without_quotes_comes_whole_and_without_that_line(context: Flask, cast: Cast) -> None:
    with rehearsal():
        mail = made(posted(opened_case(), UNA, "The blue one.\n\n> a prompt"), BEN)
        assert "The blue one.\n\n> a prompt\n\n--\n" in mail.get_content()
        assert "left out" not in mail.get_content() + page_of(mail)


def a_file(name: str, size: int = 10, kind: str = "application/pdf") -> NewFile:
    return NewFile(name, kind, name.encode() + bytes(size))


def test_files_go_with_a_message_as_they_came(context: Flask, cast: Cast) -> None:
    with rehearsal():
        note = NewFile("Größe 日本.txt", "text/plain", b"Ask ben@team.test\r\n\n")
        mail = made(posted(opened_case(), UNA, "Here.", Content(files=(note, a_file("plan.pdf")))), MAX)
        files = list(mail.iter_attachments())
        assert names_of(files) == ["Größe 日本.txt", "plan.pdf"]
        assert [one.get_payload(decode=True) for one in files] == [note.content, a_file("plan.pdf").content]
        assert [one.get_content_type() for one in files] == ["text/plain", "application/pdf"]


@pytest.mark.settings(CASEY_MAIL_ATTACHMENT_LIMIT="1")
def test_above_the_limit_the_smallest_files_go_along_and_the_others_come_as_links(context: Flask, cast: Cast) -> None:
    with rehearsal():
        files = (a_file("large.pdf", 600_000), a_file("small.pdf"), a_file("middle.pdf", 500_000))
        mail = made(posted(opened_case(), UNA, "Here.", Content(files=files)), MAX)
        assert names_of(list(mail.iter_attachments())) == ["small.pdf", "middle.pdf"]
        [url] = [line.removeprefix("large.pdf: ") for line in mail.get_content().splitlines() if "large.pdf" in line]
        assert "/files/" in url
        assert f'<a href="{url}">large.pdf</a>' in page_of(mail)


@pytest.mark.settings(CASEY_MAIL_ATTACHMENT_LIMIT="0", CASEY_CASE_SEND_COPY="true")
def test_without_room_every_file_comes_as_a_link(context: Flask, cast: Cast) -> None:
    with rehearsal():
        post = posted(opened_case(), UNA, "Here.", Content(files=(a_file("plan.pdf"),)))
        assert not list(made(post, MAX).iter_attachments())
        assert "plan.pdf: http" in made(post, MAX).get_content()


@pytest.mark.settings(CASEY_CASE_SEND_COPY="true")
def test_who_sent_a_file_gets_a_link_to_it(context: Flask, cast: Cast) -> None:
    with rehearsal():
        post = posted(opened_case(), UNA, "Here.", Content(files=(a_file("plan.pdf"),)))
        copy = made(post, UNA, MailPurpose.COPY)
        assert not list(copy.iter_attachments())
        assert "plan.pdf: http" in copy.get_content()


def test_the_name_of_a_file_is_masked_towards_customers(context: Flask, cast: Cast) -> None:
    with rehearsal():
        post = posted(opened_case(), UNA, "Here.", Content(files=(a_file("of ben@team.test.pdf"),)))
        assert names_of(list(made(post, MAX).iter_attachments())) == [f"of {SUPPORT}.pdf"]
        assert names_of(list(made(post, BEN).iter_attachments())) == ["of ben@team.test.pdf"]


TELLING = ["message/rfc822", "text/calendar", "text/vcard", "application/ms-tnef", "application/vnd.ms-outlook"]


@pytest.mark.parametrize("kind", TELLING)
def test_what_names_addresses_goes_from_a_customer_to_the_team_alone(context: Flask, cast: Cast, kind: str) -> None:
    with rehearsal():
        post = posted(opened_case(), UNA, "Here.", Content(files=(a_file("it", kind=kind), a_file("plan.pdf"))))
        to_max, to_ben = made(post, MAX), made(post, BEN)
        assert names_of(list(to_max.iter_attachments())) == ["plan.pdf"]
        assert "The file it is not passed on" in to_max.get_content()
        assert "The file it is not passed on" in page_of(to_max)
        assert names_of(list(to_ben.iter_attachments())) == ["it", "plan.pdf"]


def test_a_mail_that_the_team_attached_reaches_a_customer_byte_by_byte(context: Flask, cast: Cast) -> None:
    with rehearsal():
        content = b"From: eve@stranger.test\nSubject: \xff\r\n\nHi\n\n"
        files = (NewFile("it.eml", "message/rfc822", content),)
        [file] = made(posted(opened_case(), BEN, "See.", Content(files=files)), UNA).iter_attachments()
        assert file.get_payload(decode=True) == content


def test_who_sends_customers_such_a_file_is_told_once(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    case = cases(app)[0]
    api.post(f"/cases/{case.uuid}/participants", {"email": MAX})
    answer = letter(BEN, "Re: it", "See the mail.", in_reply_to=outside.inbox(BEN)[0]["Message-ID"])
    answer.add_attachment(letter("eve@stranger.test", "Hi", "Hi"), filename="it.eml")
    outside.send(answer)
    work()
    [told] = [mail for mail in outside.inbox(BEN) if "every address in it:" in mail.get_content()]
    assert "\nit.eml\n" in told.get_content()
    assert told["Auto-Submitted"] == "auto-generated"
    assert names_of(list(outside.inbox(UNA)[-1].iter_attachments())) == ["it.eml"]


def test_reply_to_and_envelope_are_ours_alone_without_plus_addressing(context: Flask, cast: Cast) -> None:
    with rehearsal():
        outbound = outbound_for(posted(opened_case(), BEN, "Hi"), UNA)
        assert envelope_sender(outbound) == str(compose(outbound)["Reply-To"]) == SUPPORT


@pytest.mark.settings(CASEY_MAIL_PLUS_ADDRESSING="true")
def test_with_plus_addressing_answers_and_reports_come_back_to_addresses_of_their_own(
    context: Flask, cast: Cast
) -> None:
    with rehearsal():
        post = posted(opened_case(), BEN, "Hi")
        outbound = outbound_for(post, UNA)
        mail = compose(outbound)
        token = read_reply_address(str(mail["Reply-To"]))
        assert token is not None
        assert (token.case_id, token.person_id) == (post.case_id, somebody(UNA).id)
        assert read_bounce_address(envelope_sender(outbound)) == outbound.id
        assert [one.addr_spec for one in mail["From"].addresses] == [SUPPORT]


@pytest.mark.settings(CASEY_MAIL_PLUS_ADDRESSING="true")
def test_with_plus_addressing_the_envelope_carries_the_token_of_the_mail(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch, api: Api, work: Worker
) -> None:
    senders = []
    monkeypatch.setattr("app.mail.sandbox.hand_over", lambda letter: senders.append(letter.sender) or Sent("250 ok"))
    api.opened(UNA)
    work()
    with app.app_context():
        assert {read_bounce_address(one) for one in senders} == {row.id for row in outbound_to(app, UNA)} | {
            row.id for who in (BEN, AMY, OLGA) for row in outbound_to(app, who)
        }


def test_a_mail_is_the_same_to_the_last_byte_each_time_it_is_made(context: Flask, cast: Cast) -> None:
    with rehearsal():
        picture = NewFile("plan.png", "image/png", b"\x89PNG\r\n\x1a\n", "p1", inline=True)
        files = (picture, a_file("plan.pdf"), a_file("it.eml", kind="message/rfc822"))
        html = '<p>See <img src="cid:p1">, ben@team.test</p><div class="quoted">x</div>'
        post = posted(opened_case(), BEN, "See ben@team.test", Content(html=html, files=files))
        first = compose(outbound_for(post, UNA)).as_bytes()
        post.case.participants[0].person.name = "Una Customer"
        assert compose(outbound_for(post, UNA)).as_bytes() == first
        assert first.count(b"MIME-Version") == 1


def test_making_a_mail_asks_the_database_little(context: Flask, cast: Cast) -> None:
    with rehearsal():
        text = "Ask ben@team.test, max@customer.test, amy@team.test or zoe@far.test. " * 20
        post = posted(opened_case(), BEN, text, Content(html=f"<p>{text}</p>", files=(a_file("plan.pdf"),)))
        outbound = outbound_for(post, UNA)
        with queries(context) as asked:
            compose(outbound)
        assert len(asked) <= 6, asked


def test_no_mail_says_that_it_is_a_lists(context: Flask, cast: Cast) -> None:
    """Other desks, like ours, take such a mail for a robot's, and what the team writes would be answered by nobody."""
    with rehearsal():
        mail = made(posted(opened_case(), BEN, "It is repaired."), UNA)
    assert [name for name in mail.keys() if name.lower().startswith(("list-", "precedence"))] == []  # noqa: SIM118
