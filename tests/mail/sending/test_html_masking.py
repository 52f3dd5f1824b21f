"""What a customer sees of formatted messages: no address of others in what is shown, nor in what is not."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.cases.content import Content, NewFile
from app.cases.links import Purpose, case_address, link_for
from app.cases.models import Case
from app.mail.sending.composing.page import Page
from app.mail.sending.masking.mask import Mask
from app.people.persons import create_person
from app.transaction import rehearsal
from tests.cast import BEN, UNA, Cast
from tests.leaks import leaked
from tests.letters import SUPPORT
from tests.mail.outgoing import MAX, made, names_of, opened_case, posted, somebody
from tests.queries import queries
from tests.reading import page_of

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture
def case(context: Flask, cast: Cast) -> Iterator[Case]:
    """A case of una's in which ben and max are too."""
    with rehearsal():
        yield opened_case()


def seen(html: str, case: Case, reader: str = UNA) -> str:
    page = Page(html)
    page.mask(Mask(somebody(reader), case))
    return str(page.html())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<p>Ask ben@team.test.</p>", "<p>Ask §.</p>"),
        ("<p>ben&#64;team.test, ben&commat;team&period;test</p>", "<p>§, §</p>"),
        ("<p>ben&#x40;team&#46;test</p>", "<p>§</p>"),
        ("<p>ben@<b>team</b>.test</p>", "<p>§<b></b></p>"),
        ("<p><i>b</i>en@team<wbr>.test!</p>", "<p><i>§</i><wbr>!</p>"),
        ("<p>be&shy;n@team.&#8203;test</p>", "<p>§</p>"),
        ("<p>ben\uff20team\uff0etest</p>", "<p>§</p>"),
        ("<p>ben@<br>team.test</p>", "<p>§<br></p>"),
        ("<p>ben@\n  team.test</p>", "<p>§</p>"),
        ("<p>ru<b>ben@team.test</b></p>", "<p>ru<b>§</b></p>"),
        ("<div>ben</div><div>@team.test</div>", "<div>ben</div><div>@team.test</div>"),
        ("<ul><li>x</li><li>ben@team.test</li><li>y</li></ul>", "<ul><li>x</li><li>§</li><li>y</li></ul>"),
        ('<a href="mailto:ben@team.test">Ben</a>', '<a href="mailto:§">Ben</a>'),
        ('<a href="mailto:ben%40team.test?cc=amy%2540team.test">x</a>', '<a href="mailto:§?cc=§">x</a>'),
        ('<a href="mailto:ben&#64;team.test">x</a>', '<a href="mailto:§">x</a>'),
        ('<a href="https://crm.test/?q=%3Cben%40team%2Etest%3E">x</a>', '<a href="https://crm.test/?q=%3C§%3E">x</a>'),
        ('<a href="https://x.test/" title="ben@team.test">x</a>', '<a href="https://x.test/" title="§">x</a>'),
        ('<blockquote cite="mailto:ben@team.test">x</blockquote>', '<blockquote cite="mailto:§">x</blockquote>'),
        ('<p data-x="BEN@team.test">x</p>', '<p data-x="§">x</p>'),
        ("<p>Ben Foo &lt;<a href='mailto:ben@team.test'>ben@team.test</a>&gt; wrote:</p>",
         '<p>Ben (Support) &lt;<a href="mailto:§">§</a>&gt; wrote:</p>'),
        ("<p><b>From:</b> Benny [mailto:ben@team.test]<br><b>To:</b> Max Other &lt;max@customer.test&gt;</p>",
         "<p><b>From:</b> Ben (Support) [mailto:§]<br><b>To:</b> Max Other &lt;§&gt;</p>"),
    ],
)  # fmt: skip
def test_every_way_to_put_an_address_into_a_page_is_masked(case: Case, written: str, read: str) -> None:
    assert seen(written, case) == read.replace("§", SUPPORT)


@pytest.mark.parametrize(
    "page",
    [
        "<p>ruben@team.test and <b>una@customer.test</b>, ben at team dot test</p>",
        '<p>a &lt;b&gt; &amp; "c" <a href="https://x.test/?a=%20b&amp;c=d%40e.test">x</a></p>',
        "<pre>  one\n  two</pre>",
    ],
)
def test_a_page_without_foreign_addresses_is_not_touched(case: Case, page: str) -> None:
    assert seen(page, case) == page


def test_the_team_sees_a_page_as_it_was_written(case: Case) -> None:
    page = '<p>Max is <a href="mailto:max%40customer.test">max@<b>customer.test</b></a></p>'
    assert seen(page, case, reader=BEN) == page


def test_a_page_of_a_megabyte_is_masked_in_moments(case: Case) -> None:
    page = "<p>" + "<b>a</b><i>ben@team.test</i> " * 33_000 + "</p>"
    assert seen(page, case).count(SUPPORT) == 33_000


def test_all_links_of_a_page_are_looked_up_at_once_and_no_word_twice(context: Flask, case: Case) -> None:
    theirs = case_address(link_for(case, somebody(BEN), Purpose.CASE)).rpartition("/")[2]
    others = "".join(
        f'<p title="/c/{number:043}"><a href="https://x.test/c/{number:043}">x</a></p>' for number in range(99)
    )
    page, mask = Page(f'<p>https://x.test/c/{theirs}</p><img alt="x/c/{theirs}">{others}'), Mask(somebody(UNA), case)
    with queries(context) as asked:
        page.mask(mask)
        assert mask(f"https://x.test/c/{theirs}") == "https://x.test/c/..."
    assert theirs not in str(page.html())
    assert str(page.html()).endswith(others)
    assert len([one for one in asked if "FROM links" in one]) == 1


QUOTE = '<div class="quoted"><p>On Monday, Ben Foo wrote:</p><blockquote>Which table?</blockquote></div>'


def answered(case: Case, html: str) -> str:
    text = "The blue one.\n\n> Which table?"
    return page_of(made(posted(case, UNA, text, Content(html=html, visible=((0, 14),))), MAX))


def test_what_was_quoted_is_left_out_and_a_line_says_where_it_is(case: Case) -> None:
    page = answered(case, f"<p>The <b>blue</b> one.</p>{QUOTE}")
    assert "<p>The <b>blue</b> one.</p>" in page
    assert "Which table?" not in page
    assert "Quoted text was left out here; <a href=" in page


def test_a_quote_within_a_quote_goes_with_it(case: Case) -> None:
    page = answered(case, f"<p>The blue one.</p><div class='quoted'><p>He:</p>{QUOTE}</div><p>Bye.</p>")
    assert "Which table?" not in page
    assert "<p>The blue one.</p><p>Bye.</p>" in page


def test_when_all_is_quoted_all_is_shown(case: Case) -> None:
    assert "Which table?" in answered(case, QUOTE)


def test_a_picture_goes_with_the_mail_under_a_new_name(case: Case) -> None:
    files = (NewFile("plan.png", "image/png", PICTURE, "secret.1@team.test", inline=True),)
    html = '<p>Look: <img src="cid:secret.1@team.test" alt="a plan"></p>'
    mail = made(posted(case, BEN, "Look:", Content(html=html, files=files)), UNA)
    [picture] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == PICTURE
    assert f'<img src="cid:{picture["Content-ID"][1:-1]}" alt="a plan" ' in page_of(mail)
    assert "secret.1@team.test" not in mail.as_string()
    assert picture.get_content_disposition() == "inline"
    assert names_of(list(mail.iter_attachments())) == []


def test_a_picture_that_is_not_there_gives_way_to_its_description(case: Case) -> None:
    html = '<p><img src="cid:x" alt="a plan of ben@team.test"><img src="https://spy.test/pixel.png"></p>'
    page = page_of(made(posted(case, BEN, "Look:", Content(html=html)), UNA))
    assert f"<p>[a plan of {SUPPORT}][picture]</p>" in page
    assert "spy.test" not in page


def test_a_picture_that_no_page_shows_is_a_file_like_others(case: Case) -> None:
    files = (NewFile("plan.png", "image/png", PICTURE, "p1", inline=True),)
    mail = made(posted(case, BEN, "Look:", Content(html="<p>Look:</p>", files=files)), UNA)
    assert names_of(list(mail.iter_attachments())) == ["plan.png"]


def test_a_formatted_mail_shows_no_address_of_others(case: Case) -> None:
    create_person("Zoe", "zoe@far.test", by=None)
    html = "<p>Max is max&#64;<b>customer.test</b>, zoe@far.test is not here.</p>"
    mail = made(posted(case, BEN, "Max is max@customer.test", Content(html=html)), UNA)
    assert leaked(mail.as_bytes(), UNA, [BEN, MAX]) == []
    assert "zoe@far.test is not here" in page_of(mail)
