"""Thousands of mails in which others are named in every way we know of: none of that reaches a customer."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from flask import Flask

from app.cases.content import Content
from app.cases.links import Link, Purpose, case_address, link_for, secret_of
from app.cases.models import Case, Post
from app.mail.deciding.content import first_content, reply_content
from app.mail.models import MailPurpose, OutboundEmail
from app.mail.reading.parsing import parse
from app.mail.sending.checking.leaks import leaks
from app.mail.sending.composing.letter import compose
from app.mail.sending.composing.page import Page
from app.mail.sending.masking.mask import Mask
from app.people.models import Person, Role
from app.people.persons import create_person
from app.transaction import rehearsal
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.leaks import decoded, leaked
from tests.mail.outgoing import MAX, opened_case, outbound_for, posted, somebody
from tests.mail.quote_shapes import Known, Writer
from tests.reading import AS_READ, page_of
from tests.scale import up_to

ANNA = "anna-maria.o'neil+x@team.test"
OTHERS = [
    Known("Ben Foo", BEN), Known("Amy Bar", AMY), Known("Olga Owner", OLGA), Known("Max Other", MAX),
    Known("Anna O'Neil", ANNA), Known("Benny", BEN),
]  # fmt: skip
HIDDEN = [one.address for one in OTHERS]
WRITERS = (BEN, MAX)


@pytest.fixture
def case(context: Flask, cast: Cast) -> Iterator[Case]:
    """A case of una's in which ben and max are too."""
    with rehearsal():
        create_person("Anna O'Neil", ANNA, role=Role.AGENT, by=None)
        yield opened_case()


@pytest.fixture
def outbound(case: Case) -> dict[str, OutboundEmail]:
    """By writer, the row of a mail to una; what is in its post is put there anew for every mail."""
    return {writer: outbound_for(posted(case, writer, "Hi"), UNA) for writer in WRITERS}


def written(outbound: OutboundEmail, raw: bytes, *, whole: bool) -> Post:
    """Put what a mail says into the post, as deciding would."""
    read, post = parse(raw), outbound.post
    assert post is not None
    content: Content = first_content(read) if whole else reply_content(read)
    post.body, post.html = read.text, content.html
    post.visible = [list(span) for span in content.visible] if content.visible else None
    post.case.subject = read.subject
    return post


def link_of(writer: str, outbound: dict[str, OutboundEmail]) -> Link:
    """The link of whoever writes, which his mails quote."""
    case = outbound[writer].case
    assert case is not None
    return link_for(case, somebody(writer), Purpose.CASE)


def sent(outbound: OutboundEmail) -> bytes:
    return compose(outbound).as_bytes()


@pytest.mark.campaign
def test_no_address_of_others_is_in_any_mail_to_a_customer(outbound: dict[str, OutboundEmail]) -> None:
    mails, named, found, held = up_to(300, 10_000), 0, 0, 0
    for number in range(mails):
        writer = WRITERS[number % 2]
        one, link = outbound[writer], link_of(writer, outbound)
        came = Writer(number, OTHERS, case_address(link)).mail(writer).as_bytes()
        written(one, came, whole=number % 3 > 0)
        raw = sent(one)
        shown = leaked(raw, UNA, HIDDEN)
        assert not shown, f"mail {number} shows {shown}"
        assert secret_of(link) not in decoded(raw), f"mail {number} shows the link of {writer}"
        named, found = named + len(leaked(came, UNA, HIDDEN)), found + len(shown)
        held += bool(leaks(raw, reader=one.person, case=one.case))
    print(f"\n{mails} mails to customers, which named others {named} times: {found} addresses shown, {held} held")
    assert held == 0


def test_the_same_mails_unmasked_show_them_all(
    outbound: dict[str, OutboundEmail], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mask, "edits", lambda *_, **__: [])
    for number in range(40):
        one = outbound[BEN]
        link = link_of(BEN, outbound)
        written(one, Writer(number, OTHERS, case_address(link)).mail(BEN).as_bytes(), whole=True)
        raw = sent(one)
        assert secret_of(link) in decoded(raw), f"the checker is blind to the link in mail {number}"
        assert leaked(raw, UNA, HIDDEN), f"the checker is blind to mail {number}"
        assert leaks(raw, reader=one.person, case=one.case), f"the leak check is blind to mail {number}"


@pytest.mark.campaign
def test_nothing_that_a_customer_typed_is_changed_towards_the_team(case: Case) -> None:
    mails, changed = up_to(100, 1_000), 0
    one = outbound_for(posted(case, MAX, "Hi"), BEN, MailPurpose.MESSAGE)
    for number in range(mails):
        post = written(one, Writer(number, OTHERS).mail(MAX).as_bytes(), whole=True)
        mail = message_from_bytes(sent(one), policy=AS_READ)
        assert isinstance(mail, EmailMessage)
        same = post.body.rstrip("\n") in mail.get_content() and _same_page(post, mail)
        assert same, f"mail {number} is not what was typed"
        changed += not same
    print(f"\n{mails} mails to the team: {changed} changed")


def _same_page(post: Post, mail: EmailMessage) -> bool:
    if not post.html:
        return True
    page = Page(post.html)
    page.show_pictures({})
    return str(page.html()).strip() in page_of(mail)


@pytest.mark.campaign
def test_a_name_of_a_file_shows_no_address_either(case: Case) -> None:
    mask, una = Mask(somebody(UNA), case), somebody(UNA)
    assert isinstance(una, Person)
    for number in range(up_to(300, 10_000)):
        for part in Writer(number, OTHERS).mail(MAX).iter_attachments():
            name = mask.file_name(str(part.get_filename()))
            raw = f'Content-Type: a/b\nContent-Disposition: attachment; filename="{name}"\n\n'.encode()
            assert leaked(raw, UNA, HIDDEN) == [], name
