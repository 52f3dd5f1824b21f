"""What mails say: every kind in text and in HTML, in our words or in the operator's."""

import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.cases.content import Content
from app.cases.proposals import propose
from app.config.sources import BadConfiguration
from app.extensions import db
from app.mail.models import InboundEmail, MailPurpose
from app.mail.sending.composing.templates import NAMES, OURS, PARTS, SAMPLES, mail_template
from app.mail.sending.composing.wording import FIXED_WORDS
from app.mail.sending.outbox import queue_notice
from app.people.persons import find_or_create_person
from app.transaction import rehearsal, transaction
from tests.api_client import Api
from tests.cast import BEN, EVE, UNA, Cast
from tests.conftest import Worker, environment
from tests.docs.pages import ROOT, first_cells
from tests.letters import letter
from tests.mail.outgoing import made, opened_case, posted, somebody
from tests.mail.rendered import Page
from tests.reading import page_of
from tests.sandbox import Outside, link_in

MARKER = "-- Please write your answer above this line --"
every_purpose = pytest.mark.parametrize("purpose", MailPurpose)


def filled(purpose: MailPurpose, part: str, **values: object) -> str:
    known = {name: SAMPLES.get(name, f"the {name}") for name in NAMES[purpose]}
    return mail_template(purpose, part).render(known | values)


@every_purpose
def test_every_mail_has_a_subject_a_text_and_a_page(context: Flask, purpose: MailPurpose) -> None:
    assert len(filled(purpose, "subject.txt").splitlines()) == 1
    assert len(filled(purpose, "body.txt").split()) > 15
    assert filled(purpose, "body.html").startswith("<!doctype html>")


@every_purpose
def test_text_and_page_begin_with_the_line_above_which_one_answers(context: Flask, purpose: MailPurpose) -> None:
    text, page = filled(purpose, "body.txt"), filled(purpose, "body.html")
    if purpose in {MailPurpose.CONFIRMATION, MailPurpose.SIGN_IN}:  # answering it does nothing
        assert MARKER not in text + page
    else:
        assert text.startswith(f"{MARKER}\n\n")
        assert Page(page).text.startswith(f"{MARKER}\n")


@every_purpose
def test_text_and_page_say_the_same(context: Flask, purpose: MailPurpose) -> None:
    text, page = " ".join(filled(purpose, "body.txt").split()), re.sub("<[^>]*>", " ", filled(purpose, "body.html"))
    for name in set(NAMES[purpose]) - {"link", "confirm_url", "files", "preview", "message", "proposals"}:
        said = SAMPLES.get(name, f"the {name}")
        if said is True:
            continue
        words = said if isinstance(said, str) else str(said[0])  # type: ignore[index]
        assert (words in text) == (words in page), name


@pytest.mark.parametrize("purpose", sorted(set(MailPurpose) - FIXED_WORDS))
def test_what_people_typed_is_only_text_in_a_page(context: Flask, purpose: MailPurpose) -> None:
    typed = {name: "<script>alert(1)</script>" for name in NAMES[purpose] if name not in {*SAMPLES, "message", "link"}}
    assert typed
    page = filled(purpose, "body.html", **typed)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_page_on_mail_names_what_each_mail_can_say() -> None:
    page = (ROOT / "docs/mail.md").read_text("utf-8")
    [section] = re.findall(r"^## Templates\n(.*?)(?=^## )", page, re.M | re.S)
    assert first_cells(section) == [str(purpose) for purpose in MailPurpose]
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", section, re.M)
    assert {name: tuple(re.findall(r"`(\w+)`", cell)) for name, cell in rows} == dict(NAMES)


def test_every_message_comes_as_text_and_as_a_page(api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA, message="It <b>squeaks</b>.\n\n  See https://shop.test/a?b=1&c=2.")
    work()
    for mail in (outside.inbox(UNA)[0], outside.inbox(BEN)[0]):
        assert mail.get_content_type() == "multipart/alternative"
        assert "It <b>squeaks</b>.\n\n  See https://shop.test/a?b=1&c=2." in mail.get_content()
        assert "<p>It &lt;b&gt;squeaks&lt;/b&gt;.</p>" in page_of(mail)
        assert '<a href="https://shop.test/a?b=1&amp;c=2">https://shop.test/a?b=1&amp;c=2</a>.' in page_of(mail)
        assert link_in(mail, "/c/") in page_of(mail)


def test_a_formatted_message_stays_formatted(context: Flask, cast: Cast) -> None:
    with rehearsal():
        post = posted(opened_case(), BEN, "Hello you", Content(html="<p>Hello <b>you</b></p>"))
        assert "<p>Hello <b>you</b></p>" in page_of(made(post, UNA))


TYPED = "Zyzzyva"


@pytest.mark.settings(CASEY_CASE_CONFIRMATION="true")
def test_a_request_to_confirm_says_nothing_that_a_stranger_typed(api: Api, work: Worker, outside: Outside) -> None:
    api.post("/cases", {"creator": {"email": EVE, "name": TYPED}, "subject": TYPED, "message": TYPED})
    work()
    [mail] = outside.inbox(EVE)
    assert TYPED.encode() not in mail.as_bytes()
    assert link_in(mail, "/confirm/") in page_of(mail)


def test_a_receipt_says_nothing_that_a_stranger_typed(cast: Cast, work: Worker, outside: Outside) -> None:
    outside.send(letter(f"{TYPED} <{EVE}>", TYPED, TYPED))
    work()
    [mail] = outside.inbox(EVE)
    assert "We have received a message from your address" in page_of(mail)
    assert TYPED.encode() not in mail.as_bytes()


def test_who_is_told_that_a_mail_is_too_large_reads_nothing_that_a_stranger_typed(
    cast: Cast, work: Worker, outside: Outside
) -> None:
    mail = notice(outside, work, MailPurpose.TOO_LARGE, to=EVE, subject=TYPED, excerpt=TYPED)
    assert mail["Subject"] == "Your mail is too large for us"
    assert mail["References"] is None
    assert TYPED.encode() not in mail.as_bytes()


def notice(outside: Outside, work: Worker, purpose: MailPurpose, *, to: str = BEN, **details: object) -> EmailMessage:
    """What somebody reads in a notice about a mail of eve's, which has opened a case."""
    id = outside.send(letter(EVE, "Hi", "Hi"))
    work()
    with outside.app.app_context(), transaction():
        about = db.session.get_one(InboundEmail, id)
        case = about.case if purpose is not MailPurpose.TOO_LARGE else None
        queue_notice(purpose, find_or_create_person(to), about=about, case=case, **details)
    work()
    return outside.inbox(to)[-1]


@pytest.mark.parametrize("purpose", [MailPurpose.HELD_NOTICE, MailPurpose.STORM_NOTICE, MailPurpose.REFUSED_ORDER])
def test_a_notice_tells_what_it_is_about(cast: Cast, work: Worker, outside: Outside, purpose: MailPurpose) -> None:
    told = {"from": EVE, "name": "Eve", "subject": "Let me in", "reason": "Nobody knows her.", "excerpt": "I am <Una>"}
    mail = notice(outside, work, purpose, **told, inbound="0190")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Nobody knows her." in mail.get_content()
    assert "I am <Una>" in mail.get_content()
    assert "<p>I am &lt;Una&gt;</p>" in page_of(mail)
    assert re.search(r"\nCase \d{3}-\d{6}: Hi\n", mail.get_content())
    assert mail["Subject"].endswith(": Hi")


def test_a_notice_whose_details_are_few_leaves_all_the_same(cast: Cast, work: Worker, outside: Outside) -> None:
    assert "A mail is held: Hi" in notice(outside, work, MailPurpose.HELD_NOTICE)["Subject"]


def own_templates(directory: Path, files: dict[str, str]) -> dict[str, str]:
    """The variable that names a directory with these templates of the operator's own."""
    for name, text in files.items():
        path = directory / "own/mail" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return {"CASEY_TEMPLATES_DIR": str(directory / "own")}


@pytest.fixture
def templates(request: pytest.FixtureRequest, tmp_path: Path, environ: dict[str, str]) -> None:
    """Templates of the operator's own, for the application that is made then."""
    environ.update(own_templates(tmp_path, request.param))


own = {"message/body.txt": "{{ writer }} says: {{ message }} ({{ reference }})\n"}
look = {"base.html": (OURS / "mail/base.html").read_text("utf-8").replace("<body ", '<body class="shop" ')}


@pytest.mark.parametrize("templates", [own], indirect=True, ids=["message"])
def test_an_operator_replaces_one_file_and_the_others_stay_ours(
    templates: None, api: Api, work: Worker, outside: Outside
) -> None:
    case = api.opened(UNA)
    work()
    outside.reply(outside.inbox(BEN)[0], "Which table?")
    work()
    answer = outside.inbox(UNA)[-1]
    assert answer.get_content().strip() == f"Ben (Support) says: Which table? ({case['reference']})"
    assert MARKER in page_of(answer)
    assert outside.inbox(BEN)[0].get_content().startswith(MARKER)


@pytest.mark.parametrize("templates", [look], indirect=True, ids=["base"])
def test_an_operator_changes_the_look_of_all_mails_at_once(
    templates: None, api: Api, work: Worker, outside: Outside
) -> None:
    api.opened(UNA)
    work()
    assert all('class="shop"' in page_of(mail) for mail in outside.inbox(UNA) + outside.inbox(BEN))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("message/body.txt", "Hello\n{% if %}", "mail/message/body.txt, line 2"),
        ("message/body.html", "{% extends 'mail/post.html' %}\n\n{% block ways %}{{ way }}{% endblock %}",
         "mail/message/body.html, line 3: 'way' is undefined"),
        ("message/subject.txt", "\n{{ case.reference }}", "mail/message/subject.txt, line 2: 'case' is undefined"),
        ("message/body.txt", "{% include 'mail/nowhere.txt' %}", "nowhere.txt"),
        ("message/body.txt", "\n\n{{ 1 / 0 }}", "mail/message/body.txt, line 3: division by zero"),
        ("base.html", "{% block main %}{% endblock %}{{ x.y }}", "mail/base.html, line 1"),
        ("receipt/body.txt", "{{ message }}", "mail/receipt/body.txt, line 1: 'message' is undefined"),
        ("message/boddy.txt", "Hello", "mail/message/boddy.txt has the name of none of our templates"),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_with_its_line_when_casey_starts(
    tmp_path: Path, file: str, text: str, said: str
) -> None:
    variable = own_templates(tmp_path, {file: text})
    with pytest.raises(BadConfiguration, match="CASEY_TEMPLATES_DIR: ") as error:
        create_app(environment(tmp_path, "sqlite:///casey.db", **variable))
    assert said in str(error.value)


def test_a_directory_that_is_not_there_is_said_when_casey_starts(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="nowhere is not a directory"):
        create_app(environment(tmp_path, "sqlite:///casey.db", CASEY_TEMPLATES_DIR=str(tmp_path / "nowhere")))


def test_every_template_of_ours_belongs_to_a_kind_of_mail() -> None:
    shared = {"macros.html", "enclosed.txt"} | {
        f"{one}.{kind}" for one in ("base", "post", "notice") for kind in ("html", "txt")
    }
    found = {str(path.relative_to(OURS / "mail")) for path in (OURS / "mail").rglob("*.*")}
    assert found == shared | {f"{purpose}/{part}" for purpose in MailPurpose for part in PARTS}


def test_a_team_member_reads_who_was_proposed_and_how_to_add_him(context: Flask, cast: Cast) -> None:
    with rehearsal():
        case = opened_case()
        propose(case, [("zoe@far.test", "Zoe")], by=somebody(UNA))
        post = posted(case, UNA, "Zoe may know more.")
        to_ben, to_max = made(post, BEN), made(post, "max@customer.test")
        assert "Zoe had a copy and is not in this case." in to_ben.get_content()
        assert "\n#add zoe@far.test\n" in to_ben.get_content()
        assert "<b>#add zoe@far.test</b>" in page_of(to_ben)
        assert "zoe@far.test" not in to_max.as_string()
