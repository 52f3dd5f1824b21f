"""Finding the lines that order something, and taking them out of what is posted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.deciding.verb_lines import read_orders
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
    assert str(orders) == "close"
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
