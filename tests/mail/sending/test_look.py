"""How mails look: one column that every mail program lays out, with the brand of the house, whole in plain text too."""

import re
from itertools import product

import pytest
from flask import Flask
from selectolax.lexbor import LexborHTMLParser

from app.colors import contrast
from app.mail.models import MailPurpose
from app.mail.reading.html.text import text_of_html
from app.mail.reading.quoting import mark_quotes
from app.overrides import change_settings
from app.people.models import Role
from app.transaction import rehearsal
from app.translating import LANGUAGES, gettext, speaking
from tests.cast import BEN, UNA, Cast
from tests.mail.looks import LOOKS, written
from tests.mail.outgoing import made, opened_case, posted
from tests.mail.rendered import Page, declared
from tests.reading import page_of

CLIPPED = 102_000  # Gmail shows no more of a mail than that

every_mail = pytest.mark.parametrize("purpose", MailPurpose)
EVERY_WAY = list(product(LANGUAGES, LOOKS))

ELEMENTS = {
    "html": {"lang", "dir"}, "head": set(), "meta": {"charset", "name", "content"}, "title": set(), "style": set(),
    "body": {"style"}, "div": {"style", "dir"}, "p": {"style", "dir", "class"}, "span": {"dir"}, "b": set(),
    "br": set(), "ul": {"style"}, "li": set(), "a": {"href", "style"}, "tr": set(),
    "table": {"role", "class", "lang", "dir", "width", "cellpadding", "cellspacing", "border", "bgcolor", "style"},
    "td": {"class", "align", "bgcolor", "dir", "style"},
    "img": {"src", "alt", "height", "border", "referrerpolicy", "style"},
}  # fmt: skip
# Word knows all of these where we use them: on cells and pictures all, on paragraphs and lists no padding.
KNOWN_TO_WORD = {
    "background-color", "border", "border-left", "border-right", "color", "font-family", "font-size", "font-weight",
    "height", "line-height", "margin", "margin-bottom", "margin-top", "padding", "padding-left", "padding-right",
    "text-decoration", "vertical-align", "width",
}  # fmt: skip
# Word passes these over, and the mail is whole without them; the last two are its own.
PASSED_OVER = {
    "border-radius", "display", "max-height", "max-width", "overflow", "overflow-wrap", "word-break", "mso-hide",
    "mso-padding-alt",
}  # fmt: skip
# Gmail does not list these and passes them over; "overflow-wrap" is what "word-break" says, for others.
UNKNOWN_TO_GMAIL = {"mso-hide", "mso-padding-alt", "overflow-wrap", "color-scheme", "supported-color-schemes"}


@every_mail
def test_a_page_uses_only_what_outlook_and_gmail_understand(context: Flask, purpose: MailPurpose) -> None:
    """The list is what is in both of these, and what either of them passes over without harm:

    - for Outlook "Word 2007 HTML and CSS Rendering Capabilities in Outlook 2007" by Microsoft (MSDN aa338201), whose
      engine all its later versions for Windows have, with what is known beyond it
      (https://www.hteumeuleu.com/2020/outlook-rendering-engine/);
    - for Gmail https://developers.google.com/workspace/gmail/design/css.

    So there is no float, flex, grid, position or background picture, and a width is an attribute too.
    """
    for language, look in EVERY_WAY:
        _uses_only_what_is_understood(Page(written(purpose, "body.html", language, look)))


def _uses_only_what_is_understood(page: Page) -> None:
    for one in page.elements:
        assert one.told.keys() <= ELEMENTS[one.tag], one.tag
        assert one.style.keys() <= KNOWN_TO_WORD | PASSED_OVER, one.tag
        assert one.tag != "table" or one.told["role"] == "presentation"
        assert one.style.get("background-color") in (None, one.told.get("bgcolor")) or one.tag == "body"
        assert "padding" not in one.style or one.tag in {"td", "a", "body"}
    assert sum(one.tag == "td" and "max-width" in one.style for one in page.elements) == 0
    assert [one.told["width"] for one in page.elements if "max-width" in one.style and one.tag == "table"] == ["600"]
    asked = declared(";".join(style for _, style in re.findall(r"([^{}]+)\{([^{}]*)\}", page.sheet)))
    assert asked.keys() <= KNOWN_TO_WORD | UNKNOWN_TO_GMAIL | {"border-color"}
    assert not re.search(r"url\(|@import|position|float|<script|<form|<iframe", page.rawdata + page.sheet)


@every_mail
def test_every_text_can_be_read_on_its_ground(context: Flask, purpose: MailPurpose) -> None:
    for language, look in EVERY_WAY:
        page = Page(written(purpose, "body.html", language, look))
        for dark, sheet in ((False, True), (True, True), (False, False)):
            pairs = list(page.pairs(dark=dark, sheet=sheet))
            assert len(pairs) >= 3
            for color, ground, text in pairs:
                assert contrast(color, ground) >= 4.5, (color, ground, text, dark)


@every_mail
def test_the_text_says_whatever_the_page_says(context: Flask, purpose: MailPurpose) -> None:
    """Each link, and each sentence but those that lie around a link: they say there where it leads."""
    for language, look in EVERY_WAY:
        page = Page(written(purpose, "body.html", language, look))
        text = " ".join(written(purpose, "body.txt", language, look).split())
        linked = {" ".join("".join(one.texts).split()) for one in page.elements if one.tag == "a"}
        assert all(link in text for link in page.links)
        for line in page.text.split("\n"):
            if not any(words in line for words in linked) and line != _said_otherwise(language):
                assert all(one in text for one in re.split(r"(?<=[.?:]) ", line)), line


def _said_otherwise(language: str) -> str:
    """What the text of a receipt says together with its link."""
    with speaking(language):
        return gettext("To add something, write on that page, or reply to this mail.")


@every_mail
def test_a_mail_is_light_and_its_prose_in_short_lines(context: Flask, purpose: MailPurpose) -> None:
    for language, look in EVERY_WAY:
        assert len(written(purpose, "body.html", language, look).encode()) < CLIPPED / 8
        text = written(purpose, "body.txt", language, look)
        assert all(len(line) <= 78 or "https://" in line for line in text.splitlines())
        assert "\n\n\n" not in text


@every_mail
def test_a_page_says_its_language_and_direction_also_where_a_mail_program_drops_its_frame(
    context: Flask, purpose: MailPurpose
) -> None:
    for language, look in EVERY_WAY:
        page = Page(written(purpose, "body.html", language, look))
        said = [(one.tag, one.told["dir"]) for one in page.elements if one.told.get("lang") == language]
        assert said == [("html", "ltr"), ("table", "ltr")]


def test_a_house_without_a_logo_has_no_pictures_and_with_one_that_alone(context: Flask) -> None:
    plain, branded = (Page(written(MailPurpose.MESSAGE, "body.html", "en", look)) for look in ("plain", "branded"))
    assert not [one for one in plain.elements if one.tag == "img"]
    [logo] = [one.told for one in branded.elements if one.tag == "img"]
    assert (logo["src"], logo["alt"]) == ("https://tea.test/logo.png", "")  # its name stands beside it
    assert logo["referrerpolicy"] == "no-referrer"


def test_a_mail_bears_the_brand_of_the_house(context: Flask, cast: Cast) -> None:
    said = {"brandName": "Tea <Co>", "brandFooter": "Tea Lane 1", "brandLogo": "https://tea.test/l.png"}
    with rehearsal():
        change_settings({**said, "brandColor": "#aa0000"}, by=None, role=Role.OWNER)
        mails = [made(posted(opened_case(), BEN, "It is repaired."), one) for one in (UNA,)]
    for mail in mails:
        page = page_of(mail)
        assert '<span dir="auto">Tea &lt;Co&gt;</span>' in page
        assert '<img src="https://tea.test/l.png"' in page
        assert "#aa0000" in page
        assert "Tea Lane 1</p>" in page
        assert re.search(r"\n--\nTea <Co>\nCase .*\nTea Lane 1\n$", mail.get_content(), re.S)
        assert mail["From"] == '"Ben (Support)" <support@casey.test>'


def test_the_logo_is_the_same_for_every_reader_and_tells_nobody_who_reads(context: Flask, cast: Cast) -> None:
    with rehearsal():
        change_settings({"brandLogo": "https://tea.test/l.png"}, by=None, role=Role.OWNER)
        post = posted(opened_case(), BEN, "It is repaired.")
        pages = [page_of(made(post, one)) for one in (UNA, "max@customer.test")]
    assert [re.findall(r'src="([^"]*)"', page) for page in pages] == [["https://tea.test/l.png"]] * 2


def test_an_address_of_the_team_in_the_footer_keeps_no_mail_here(context: Flask, cast: Cast) -> None:
    with rehearsal():
        change_settings({"brandFooter": f"Ask {BEN}"}, by=None, role=Role.OWNER)
        mail = made(posted(opened_case(), BEN, "It is repaired."), UNA)
    assert "Ask support@casey.test" in mail.get_content()
    assert BEN not in mail.as_string()


def test_lists_of_mails_show_how_a_message_begins_and_not_the_line_above_which_one_answers(
    context: Flask, cast: Cast
) -> None:
    with rehearsal():
        page = Page(page_of(made(posted(opened_case(), BEN, "It is\nrepaired. " + "Really. " * 50), UNA)))
    hidden = next(one for one in page.elements if one.style.get("display") == "none")
    assert "".join(hidden.texts).startswith("It is repaired. Really. ")
    assert len("".join(hidden.texts)) < 300
    assert "\u034f" not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_repeats_our_page_without_any_mark_ends_above_it(context: Flask, language: str) -> None:
    """Also where a mail program shows what is hidden, and drops every class, id and style."""
    page = LexborHTMLParser(written(MailPurpose.INITIAL, "body.html", language, "branded"))
    assert page.body
    ours = re.sub(r" (class|style|id)=\"[^\"]*\"", "", page.body.inner_html or "")
    tree = LexborHTMLParser(f"<p>It still squeaks.</p>{ours}")
    mark_quotes(tree)
    text, new = text_of_html(tree)
    assert new
    assert "".join(text[start:end] for start, end in new).strip() == "It still squeaks."
