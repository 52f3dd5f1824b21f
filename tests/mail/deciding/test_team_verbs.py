"""What the team orders by mail: `#close` and the like, on the first lines of what is new."""

from datetime import timedelta
from email.message import EmailMessage
from time import process_time
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.cases.models import Case, Post
from app.clock import now
from app.extensions import db
from app.mail.deciding.orders.verbs import NAMED_ADDRESS
from app.people.models import Role, Team
from app.people.persons import create_person, disable_person, known_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cases.events import happened
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.leaks import decoded
from tests.letters import letter
from tests.mail.rows import inbound
from tests.portal.browser import Browser
from tests.sandbox import Outside, link_in

OURS, MAX, ZOE = "mx.casey.test", "max@customer.test", "zoe@team.test"
SECRET = "He has not paid for months."
VERBS = ("note", "close", "reopen", "assign", "priority", "label", "snooze", "add", "forget")


class Desk:
    """A case of una's, of which the team has been told."""

    def __init__(self, app: Flask, api: Api, work: Worker, outside: Outside) -> None:
        self.app, self.api, self.work, self.outside = app, api, work, outside
        self.case = api.opened(UNA)
        work()

    def answers(self, text: str, by: str = BEN, **headers: str) -> dict[str, Any]:
        """Answer the last mail of the case; says what became of that."""
        id = self.outside.reply(self.outside.inbox(by)[-1], text, **headers)
        self.work()
        return self.outside.received(id)

    def sees(self) -> Any:
        """The case as the API shows it."""
        return self.api.get(f"/case/{self.case['uuid']}").json

    def posts(self) -> list[tuple[str, str]]:
        """What was written behind the first message: message or note, and the text."""
        with self.app.app_context():
            found = db.session.execute(sa.select(Post.kind, Post.body).order_by(Post.id).offset(1))
            return [(kind, body.strip()) for kind, body in found]

    def events(self, *names: str) -> list[Any]:
        with self.app.app_context():
            return happened(*names)

    def last(self, of: str) -> str:
        """What the last mail to somebody says."""
        return str(self.outside.inbox(of)[-1].get_content())

    def counts(self) -> list[int]:
        """How many mails una, ben, amy and olga have got."""
        return [len(self.outside.inbox(one)) for one in (UNA, BEN, AMY, OLGA)]

    def decided(self) -> str | None:
        """What was written down of the orders in the last mail."""
        found = [one["detail"] for one in inbound(self.app)[-1].decisions if one["rule"] == "orders"]
        return found[0] if found else None

    def hire(self, name: str, address: str) -> None:
        with self.app.app_context(), transaction():
            create_person(name, address, role=Role.AGENT, by=None)


@pytest.fixture
def desk(app: Flask, api: Api, work: Worker, outside: Outside) -> Desk:
    return Desk(app, api, work, outside)


def refused(desk: Desk, text: str, by: str = BEN) -> str:
    """Order something that cannot be done; returns what its sender is told. Nothing else may have changed."""
    before, counts, posts = desk.sees(), desk.counts(), desk.posts()
    found = desk.answers(text, by)
    assert (found["outcome"], found["reason"]) == ("held", "order_refused")
    after = desk.sees()
    assert {**after, "updated_at": before["updated_at"]} == before
    assert desk.posts() == posts
    assert desk.counts()[0] == counts[0]
    notices = [mail for mail in desk.outside.inbox(by) if "Nothing was done" in mail["Subject"]]
    return str(notices[-1].get_content())


# Each verb


@on_both
def test_a_member_closes_a_case_by_mail(desk: Desk, cast: Cast) -> None:
    assert desk.answers("#close")["outcome"] == "posted"
    assert desk.sees()["status"] == "closed"
    assert desk.posts() == []
    assert desk.events("case_closed") == [("case_closed", "new", "closed", cast.ben.id)]
    assert desk.decided() == "close"
    assert inbound(desk.app)[-1].post_id is None


def test_what_follows_the_verbs_is_sent_before_the_case_is_closed(desk: Desk) -> None:
    desk.answers("#close\n#label done\n\nIt is mended.\nBye")
    assert desk.posts() == [("message", "It is mended.\nBye")]
    assert desk.sees()["status"] == "closed"
    assert "It is mended." in desk.last(UNA)
    assert "#" not in desk.last(UNA).partition("It is mended.")[2].partition("Bye")[0]
    assert "#close" not in desk.last(UNA)


@on_both
@pytest.mark.parametrize("text", [f"#note\n{SECRET}", f"#note {SECRET}", f"#Note: {SECRET}", f"*#note*\n{SECRET}"])
def test_a_note_by_mail_is_seen_by_no_customer(desk: Desk, text: str) -> None:
    before = desk.counts()
    assert desk.answers(text)["outcome"] == "posted"
    assert desk.posts() == [("note", SECRET)]
    assert desk.counts() == before
    assert desk.decided() == "note"
    desk.answers("We look into it.")
    page = Browser(desk.app).open(link_in(desk.outside.inbox(UNA)[0], "/c/")).text
    assert "We look into it." in page
    assert SECRET not in page
    assert not [mail for mail in desk.outside.inbox(UNA) if SECRET in decoded(mail.as_bytes())]
    assert SECRET not in str(desk.sees()["messages"])


def test_a_note_goes_with_other_orders_in_any_order(desk: Desk) -> None:
    desk.answers(f"#close\n#note Beware.\n#priority high\n{SECRET}")
    assert desk.posts() == [("note", f"Beware.\n{SECRET}")]
    assert (desk.sees()["status"], desk.sees()["priority"]) == ("closed", "high")
    assert desk.decided() == "close, note, priority high"


def test_a_closed_case_takes_notes_and_labels_and_stays_closed(desk: Desk) -> None:
    desk.answers("#close")
    desk.answers(f"#note\n{SECRET}")
    desk.answers("#label late")
    assert (desk.sees()["status"], desk.sees()["tags"]) == ("closed", ["late"])
    assert desk.posts() == [("note", SECRET)]


@pytest.mark.settings(CASEY_CASE_CAN_REOPEN="false")
def test_a_member_reopens_a_case_by_mail(desk: Desk) -> None:
    desk.answers("#close")
    assert desk.answers("Too late.")["outcome"] == "held"
    desk.answers("#reopen\nOne more thing.")
    assert desk.sees()["status"] == "waiting"
    assert "One more thing." in desk.last(UNA)


@on_both
@pytest.mark.parametrize("name", ["amy", "Amy Bar", "AMY", AMY, f"<{AMY}>", f"{AMY}<mailto:{AMY}>"])
def test_a_member_assigns_somebody_by_any_of_his_names(desk: Desk, cast: Cast, name: str) -> None:
    desk.answers(f"#assign {name}\nPlease see to it.")
    assert desk.sees()["assignee"]["email"] == AMY
    assert desk.events("case_assigned") == [("case_assigned", None, cast.amy.id, cast.ben.id)]
    assert "Please see to it." in desk.last(AMY)


def test_a_member_assigns_himself(desk: Desk) -> None:
    desk.answers("#assign me")
    assert desk.sees()["assignee"]["email"] == BEN
    desk.outside.reply(desk.outside.inbox(UNA)[-1], "It squeaks.")
    desk.work()
    assert "It squeaks." in desk.last(BEN)


def test_a_member_assigns_a_team(desk: Desk, app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        db.session.add(Team(name="Second Line"))
    desk.answers("#assign second line")
    assert desk.events("team_assigned") == [("team_assigned", None, 1, cast.ben.id)]


def test_an_ambiguous_name_is_refused_with_those_who_bear_it(desk: Desk, app: Flask) -> None:
    desk.hire("Amy Zed", ZOE)
    assert "Amy Bar or Amy Zed" in refused(desk, "#assign amy")
    desk.answers("#assign amy zed")
    assert desk.sees()["assignee"]["email"] == ZOE


@pytest.mark.parametrize("name", ["", "nobody", "una", UNA, EVE, "zoe"])
def test_nobody_but_the_active_team_is_assigned(desk: Desk, app: Flask, name: str) -> None:
    desk.hire("Zoe Left", ZOE)
    with app.app_context(), transaction():
        disable_person(known_person(ZOE, field="email"), by=None)
    assert "the name or address of somebody active in the team" in refused(desk, f"#assign {name}")


def test_a_member_sets_the_priority(desk: Desk) -> None:
    desk.answers("#priority HIGH")
    assert desk.sees()["priority"] == "high"
    assert "low, normal, high or critical" in refused(desk, "#priority soon")


def test_a_member_puts_labels_on_and_takes_them_off(desk: Desk) -> None:
    desk.answers("#label billing, very late\n#label vip")
    assert desk.sees()["tags"] == ["billing", "very late", "vip"]
    desk.answers("#label -Billing, \N{EN DASH}vip, paid")
    assert desk.sees()["tags"] == ["paid", "very late"]
    for text in ("#label", "#label -", "#label " + "x" * 101):
        assert "commas between" in refused(desk, text)


def test_a_member_puts_a_case_off(desk: Desk, app: Flask) -> None:
    with time_machine.travel(now(), tick=False):
        desk.answers("#snooze 2d\nWe wait for the part.")
        with app.app_context():
            until = db.session.get_one(Case, 1).snoozed_until
        assert until is not None
        assert (until - now()).total_seconds() == 2 * 86_400
    for text in ("#snooze", "#snooze 2", "#snooze 0d", "#snooze tomorrow", "#snooze 2y"):
        assert "45m, 12h, 2d or 1w" in refused(desk, text)


@pytest.mark.parametrize("written", [MAX, f"Max Muster <{MAX}>", f"{MAX} <mailto:{MAX}>"])
def test_a_member_adds_somebody(desk: Desk, written: str) -> None:
    desk.answers(f"#add {written}\nHello both")
    assert [one["email"] for one in desk.sees()["participants"]] == [UNA, MAX, BEN]
    assert "Hello both" in desk.last(MAX)
    assert "It is over there!" not in desk.last(MAX)


@pytest.mark.parametrize(
    "written", ["", "max", "=?x?q?evil=40a.test=3e=20?=foo@b.test", "support@casey.test", "a@b c@d"]
)
def test_only_an_address_that_can_be_written_to_is_added(desk: Desk, written: str) -> None:
    assert "#add" in refused(desk, f"#add {written}")


def test_who_was_disabled_is_not_added(desk: Desk, app: Flask) -> None:
    with app.app_context(), transaction():
        disable_person(create_person("Max", MAX, by=None), by=None)
    assert "Max can no longer be written to" in refused(desk, f"#add {MAX}")


def test_who_was_only_asked_takes_himself_out_and_hears_nothing_more(desk: Desk) -> None:
    desk.answers("#forget")
    desk.outside.reply(desk.outside.inbox(UNA)[0], "It squeaks.")
    desk.work()
    assert desk.counts() == [1, 1, 2, 2]
    with time_machine.travel(now() + timedelta(days=3)):
        desk.work()
    assert desk.counts()[1] == 1


def test_who_takes_himself_out_still_says_what_he_has_to_say(desk: Desk) -> None:
    desk.answers("I am on it.")
    desk.answers("#forget\nAmy takes over.")
    assert "Amy takes over." in desk.last(UNA)
    before = desk.counts()[1]
    desk.outside.reply(desk.outside.inbox(UNA)[-1], "Fine.")
    desk.work()
    assert desk.counts()[1] == before
    assert desk.answers("#close")["outcome"] == "held"


# What is an order


@pytest.mark.parametrize(
    "text", ["#CLOSE", "\n\n #Close \n", "\ufeff#close", "#close.", "*#close*", "# close", "#close\n\n-- \nBen\n+49"]
)
def test_an_order_is_known_in_any_case_and_dress(desk: Desk, text: str) -> None:
    assert desk.answers(text)["outcome"] == "posted"
    assert desk.sees()["status"] == "closed"
    assert desk.posts() == []


@pytest.mark.parametrize(
    "text",
    [
        "#1 priority\n#close",
        "#hashtag\n#close",
        "#case 12 is like it\n#close",
        "Hello\n#close",
        "> #close",
        "On Monday you wrote:\n> #close",
    ],
)
def test_any_other_line_is_text_and_ends_the_orders(desk: Desk, text: str) -> None:
    desk.answers(text)
    assert desk.posts() == [("message", text)]
    assert desk.sees()["status"] == "waiting"
    assert desk.decided() is None


def test_blank_lines_between_orders_are_as_mail_programs_write_them(desk: Desk) -> None:
    desk.answers("#close\n\n#priority low\n\n\nBye")
    assert desk.posts() == [("message", "Bye")]
    assert (desk.sees()["status"], desk.sees()["priority"]) == ("closed", "low")


def test_orders_stand_in_a_mail_that_is_nothing_but_html(desk: Desk) -> None:
    mail = EmailMessage()
    answered = desk.outside.inbox(BEN)[-1]
    mail["From"], mail["To"], mail["Message-ID"] = BEN, "support@casey.test", "<html@team.test>"
    mail["In-Reply-To"] = answered["Message-ID"]
    mail.set_content(f"<div><b>#note</b></div><div>#label late</div><p>{SECRET}</p>", subtype="html")
    desk.outside.send(mail)
    desk.work()
    assert desk.posts() == [("note", SECRET)]
    assert desk.sees()["tags"] == ["late"]


# One bad line, and nothing is done


@on_both
def test_when_one_order_cannot_be_done_none_is(desk: Desk) -> None:
    text = f"#assign amy\n#label late\n#priority soon\n#assign nobody\n#add {MAX}\nHello"
    told, _, written = refused(desk, text).partition("This is what you wrote:")
    assert text in written.replace("\r\n", "\n")
    assert "#priority soon: Write low, normal, high or critical." in told
    assert "#assign nobody: Write me," in told
    assert not [order for order in ("#assign amy", "#label", "#add") if order in told]


def test_an_order_that_the_case_does_not_allow_is_refused_too(desk: Desk) -> None:
    desk.answers("#close")
    assert "nothing to be put off" in refused(desk, "#label late\n#snooze 2d")


@pytest.mark.parametrize("bad", ["#priority soon", "#close now", "#assign", "#snooze never", "#add nobody", "#label"])
@pytest.mark.parametrize("first", [True, False])
def test_a_note_beside_a_bad_order_never_becomes_a_message(desk: Desk, bad: str, first: bool) -> None:
    text = f"#note\n{bad}\n{SECRET}" if first else f"{bad}\n#note\n{SECRET}"
    refused(desk, text)
    assert not [mail for mail in desk.outside.inbox(UNA) if SECRET in decoded(mail.as_bytes())]


def test_an_empty_note_is_refused(desk: Desk) -> None:
    assert "Write the note" in refused(desk, "#note\n")
    assert "Write the note" in refused(desk, "#note\n#label late\n\n-- \nBen")


@pytest.mark.parametrize(
    "text",
    [f"#notes {SECRET}", f"#noet\n{SECRET}", f"Hi Amy,\n\n#note\n{SECRET}", f"#label late\nHi Amy,\n#note {SECRET}"],
)
def test_what_could_be_meant_as_a_note_is_sent_to_nobody(desk: Desk, text: str) -> None:
    told = refused(desk, text).partition("This is what you wrote:")[0]
    assert "This could be meant as an order." in told
    assert not [mail for mail in desk.outside.inbox(UNA) if SECRET in decoded(mail.as_bytes())]


@pytest.mark.parametrize("text", ["#closed for today", "#close-up of it", "#prio high"])
def test_a_first_line_that_is_almost_an_order_is_refused(desk: Desk, text: str) -> None:
    assert f"{text}: This could be meant as an order." in refused(desk, text)


def test_what_could_be_meant_as_a_note_stays_here_when_it_is_admitted_without_proof(desk: Desk) -> None:
    desk.outside.send(letter(BEN, f"Re: [Case {desk.case['reference']}]", f"#notes {SECRET}"))
    desk.work()
    assert desk.api.post(f"/inbound/{inbound(desk.app)[-1].uuid}/admit").status_code == 202
    desk.work()
    assert (inbound(desk.app)[-1].reason, desk.posts()) == ("order_refused", [])
    assert desk.counts()[0] == 1


def test_an_endless_order_is_refused_in_no_time(desk: Desk) -> None:
    for order in ("#add ", "#assign ", "#label ", "#priority ", "#snooze "):
        began = process_time()
        assert "At most 600 letters" in refused(desk, order + "a@" * 4000 + " <")
        assert process_time() - began < 10
    assert "Write one e-mail address" in refused(desk, "#add " + "a@" * 297 + " <")
    began = process_time()
    assert NAMED_ADDRESS.fullmatch("a@" * 1000 + " <") is None
    assert process_time() - began < 2


def test_who_is_refused_is_told_once_and_by_a_machine(desk: Desk) -> None:
    refused(desk, "#priority soon")
    notices = [mail for mail in desk.outside.inbox(BEN) if "Nothing was done" in mail["Subject"]]
    assert [mail["Auto-Submitted"] for mail in notices] == ["auto-generated"]


# Who orders


def test_what_a_customer_writes_is_text(desk: Desk) -> None:
    for verb in VERBS:
        assert desk.answers(f"#{verb}", by=UNA)["outcome"] == "posted"
    assert desk.posts() == [("message", f"#{verb}") for verb in VERBS]
    assert desk.sees()["status"] == "open"


@pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)
@pytest.mark.parametrize(
    ("stamp", "outcome", "status"),
    [
        (f"{OURS}; dmarc=pass header.from=team.test", "posted", "closed"),
        (f"{OURS}; dmarc=fail header.from=team.test", "held", "new"),
        ("mx.elsewhere.test; dmarc=pass header.from=team.test", "held", "new"),
        ("", "held", "new"),
    ],
)
def test_without_his_token_a_member_is_obeyed_only_when_our_server_vouches_for_him(
    desk: Desk, stamp: str, outcome: str, status: str
) -> None:
    more = {"Authentication_Results": stamp} if stamp else {}
    id = desk.outside.send(letter(BEN, f"Re: [Case {desk.case['reference']}]", f"#close\n#note\n{SECRET}", **more))
    desk.work()
    assert desk.outside.received(id)["outcome"] == outcome
    assert desk.sees()["status"] == status
    assert desk.counts()[0] == 1


def test_of_what_the_team_admits_without_proof_the_words_alone_count(desk: Desk) -> None:
    for text in ("#close\nWe are done.", f"#close\n#note\n{SECRET}"):
        id = desk.outside.send(letter(BEN, f"Re: [Case {desk.case['reference']}]", text))
        desk.work()
        assert desk.outside.received(id)["outcome"] == "held"
        assert desk.api.post(f"/inbound/{inbound(desk.app)[-1].uuid}/admit").status_code == 202
        desk.work()
        assert desk.outside.received(id)["outcome"] == "posted"
    assert desk.posts() == [("message", "We are done."), ("note", SECRET)]
    assert desk.sees()["status"] == "waiting"
    assert not [mail for mail in desk.outside.inbox(UNA) if SECRET in decoded(mail.as_bytes())]


def test_a_note_that_was_refused_stays_one_however_it_is_decided_about_again(desk: Desk) -> None:
    refused(desk, f"#priority soon\n#note\n{SECRET}")
    path = f"/inbound/{inbound(desk.app)[-1].uuid}"
    desk.api.post(f"{path}/replay")
    desk.work()
    assert (inbound(desk.app)[-1].reason, desk.posts()) == ("order_refused", [])
    desk.api.post(f"{path}/admit")
    desk.work()
    assert (inbound(desk.app)[-1].outcome, desk.posts()) == ("posted", [("note", SECRET)])
    assert desk.counts()[0] == 1
    assert len([mail for mail in desk.outside.inbox(BEN) if "Nothing was done" in mail["Subject"]]) == 1


def test_a_token_that_was_made_for_somebody_else_orders_nothing(desk: Desk) -> None:
    token = desk.outside.inbox(AMY)[-1]["Message-ID"]
    id = desk.outside.send(letter(BEN, "Re: it", "#close", In_Reply_To=token))
    desk.work()
    assert desk.outside.received(id)["outcome"] == "held"
    assert desk.sees()["status"] == "new"


def test_a_strangers_orders_are_held(desk: Desk) -> None:
    token = desk.outside.inbox(BEN)[-1]["Message-ID"]
    id = desk.outside.send(letter(EVE, "Re: it", "#close", In_Reply_To=token))
    desk.work()
    assert desk.outside.received(id)["outcome"] == "held"
    assert desk.sees()["status"] == "new"


def test_a_robot_orders_nothing_and_its_note_is_held(desk: Desk) -> None:
    robot = {"Auto_Submitted": "auto-replied"}
    assert desk.answers("#close", **robot)["outcome"] == "posted"
    for note in (f"#note\n{SECRET}", f"#notes\n{SECRET}", f"Hi\n#note\n{SECRET}"):
        assert desk.answers(note, **robot)["outcome"] == "held"
    assert (desk.sees()["status"], desk.posts()) == ("new", [("message", "#close")])
    assert desk.counts()[0] == 1
    assert not [mail for mail in desk.outside.inbox(BEN) if "Nothing was done" in mail["Subject"]]


@pytest.mark.parametrize("mark", ["spam_at", "trashed_at"])
def test_a_case_that_is_not_in_play_obeys_nothing(desk: Desk, app: Flask, mark: str) -> None:
    with app.app_context(), transaction():
        setattr(db.session.get_one(Case, 1), mark, now())
    assert desk.answers(f"#close\n#note\n{SECRET}")["outcome"] == "held"
    assert desk.posts() == []
