"""Finding the lines that order something, and taking them out of what is posted."""

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.deciding.orders.lines import read_orders
from app.mail.reading.incoming import Incoming, Part

MAIL = Incoming(
    sender="ben@team.test",
    sender_name="",
    sender_problem=None,
    subject="",
    message_id="<1@team.test>",
    in_reply_to=(),
    references=(),
    text="",
    content_type="text/plain",
    headers={},
)


def mail(text: str, *new: str, html: str | None = None) -> Incoming:
    """A mail in which only these parts are new; all is, when none are named."""
    starts = [text.index(part) for part in new]
    spans = tuple((start, start + len(part)) for start, part in zip(starts, new, strict=True))
    return replace(MAIL, text=text, visible=spans or None, html=html)


@pytest.mark.parametrize("quoted", ["#close\n", "On Monday una wrote:\n#close\n", "#note secret\n"])
def test_what_is_quoted_orders_nothing(quoted: str) -> None:
    assert not read_orders(mail(f"{quoted}Hello\n", "Hello\n")).given
    assert not read_orders(mail(f"Hello\n{quoted}", "Hello\n")).given


def test_orders_below_a_quotation_are_obeyed_and_cut_out_where_they_stand() -> None:
    orders = read_orders(mail("> Why?\n#close\nBecause.\n> So?\nYes.\n", "#close\nBecause.\n", "Yes.\n"))
    assert str(orders) == "close"
    assert orders.rest.text == "> Why?\nBecause.\n> So?\nYes.\n"
    assert orders.rest.visible == ((7, 16), (22, 27))
    assert orders.rest.answer == "Because.\nYes."


def test_the_orders_end_with_the_first_new_part() -> None:
    orders = read_orders(mail("#close\n> Why?\n#label late\n", "#close\n", "#label late\n"))
    assert str(orders) == "close, a line in doubt"
    assert orders.rest.text == "> Why?\n#label late\n"
    assert orders.rest.answer == "#label late"


def test_the_words_behind_a_note_begin_it() -> None:
    orders = read_orders(mail("#note call him\n#close\nat noon\n> Hi\n", "#note call him\n#close\nat noon\n"))
    assert orders.rest.text == "call him\nat noon\n> Hi\n"
    assert orders.rest.answer == "call him\nat noon"


def test_the_html_goes_since_the_orders_would_still_stand_in_it() -> None:
    assert read_orders(mail("#close\nBye", html="<p>#close</p><p>Bye</p>")).rest.html is None
    assert read_orders(mail("Bye", html="<p>Bye</p>")).rest.html == "<p>Bye</p>"


def test_a_file_that_was_attached_is_something_to_be_posted_and_a_logo_is_not() -> None:
    for inline in (True, False):
        file = Part("logo.png", "image/png", b"", inline=inline)
        assert read_orders(replace(mail("#close\n"), files=(file,))).more is not inline


DRESSED = [
    *("#note", "#NOTE", "# note", "## note", "-#note", "- #note", "1. #note", "(#note)", "*#note*", "`#note`"),
    *("\\#note", "\uff03note", "\ufe5fnote", "#\uff4e\uff4f\uff54\uff45", "\u2022 #note", "\u3000#note"),
    *("\u200e#note", "\u202a#note\u202c", "\u00ad#note", "#no\u00adte", "#\u200bnote", "\u200b\ufeff#note"),
    "#\u20e3note",
]


@pytest.mark.parametrize("dressed", DRESSED)
def test_a_note_is_a_note_however_a_mail_program_dresses_it_up(dressed: str) -> None:
    for text in (f"{dressed}\nsecret", f"{dressed} secret", f"\u3000\n{dressed} secret\u202c"):
        orders = read_orders(mail(text))
        assert str(orders) == "note"
        assert orders.rest.text.strip() == "secret"


def test_what_is_written_behind_an_order_stays_as_it_is() -> None:
    note = "\u2460 \ufb01ne \U0001f468\u200d\U0001f4bb \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    assert read_orders(mail(f"\uff03note {note}\n")).rest.text == f"{note}\n"
    assert read_orders(mail(f"#note\n{note}\n")).rest.text == f"{note}\n"
    assert str(read_orders(mail("\u2022 #assign \u202aben\u202c"))) == "assign ben"


ALMOST = [
    *("#notes secret", "#noteHe owes", "#noet x", "#note1 x", "# notes x", "\uff03notes x", "#n\u043ete x"),
    *("#not\u00e9 x", "#closed", "#close-up", "#colse", "#prio high", "#asign ben", "#additional"),
    "#label x\n#notes x",
]


@pytest.mark.parametrize("text", ALMOST)
def test_a_first_line_that_is_almost_an_order_is_doubted(text: str) -> None:
    assert read_orders(mail(text)).doubt == text.splitlines()[-1]


@pytest.mark.parametrize(
    "text", ["#1", "# 1 x", "#hashtag", "#case 5", "#no 5", "#and", "#table", "> #notes", "Hi\n#notes x", "#"]
)
def test_a_first_line_that_is_far_from_any_order_is_text(text: str) -> None:
    orders = read_orders(mail(text))
    assert (orders.given, orders.doubt) == ((), None)


@pytest.mark.parametrize("line", ["#note", "#note secret", "\uff03note", "- #note", " #Note:"])
def test_a_note_below_other_words_is_doubted(line: str) -> None:
    far = "words\n" * 40
    for text in (f"Hi Amy,\n\n{line}\nsecret", f"#close\nHi\n{line}\nsecret", f"{far}{line}"):
        assert read_orders(mail(text)).doubt == line.strip()
    assert read_orders(mail(f"Hi\n{line}\n", "Hi\n")).doubt is None
    assert read_orders(mail(f"#note\nHi\n{line}\n")).doubt is None


def test_a_million_lines_are_looked_through_in_no_time() -> None:
    for lines in ("\n" * 10**6, "a\n" * 10**6, "#\n" * 10**6, "\u00e9\n" * 10**6, "\u200b" * 10**6, "*#" * 10**6):
        began = process_time()
        assert read_orders(mail(lines)).doubt is None
        assert process_time() - began < 10, repr(lines[:2])


LINES = st.lists(st.sampled_from(["#close", "#note x", "#label a, b", "", "text", "> #close", "#1", " #Assign me "]))


@given(LINES, LINES, st.booleans())
def test_nothing_but_the_orders_is_taken_out(new: list[str], quoted: list[str], above: bool) -> None:
    ours, theirs = "".join(f"{line}\n" for line in new), "".join(f"{line}\n" for line in quoted)
    text = theirs + ours if above else ours + theirs
    start = len(theirs) if above else 0
    orders = read_orders(replace(MAIL, text=text, visible=((start, start + len(ours)),)))
    rest = orders.rest
    assert rest.visible is not None
    [(first, last)] = rest.visible
    left = rest.text[:first] + rest.text[last:]
    assert left == theirs
    words = [line for line in rest.text[first:last].splitlines() if line]
    assert [line for line in new if line][len(orders.given) :] == words[
        len([o for o in orders.given if o.argument == "x"]) :
    ]
