"""What holds for any text at all, however it is made, and how long it may take."""

import time
from collections.abc import Callable
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.quoting import MARKER, find_forward, visible_spans
from app.mail.reading.quoting.html import mark_quotes
from tests.mail.reading.quoting.corpus import html_cases, plain_cases
from tests.mail.reading.quoting.pages import marked, words_of
from tests.scale import up_to

MOST_TIMES = 5
ORDINARY = "Hello, this is a line of an ordinary mail.\n" * 29_000
PIECES = sorted({line for case in plain_cases() for line, _ in case.lines})
TAGS = [
    "<blockquote>", '<blockquote type="cite">', "</blockquote>", "<div>", "</div>", "<p>", "</p>", "<br>", "<b>",
    "</b>", '<div class="gmail_quote">', '<div class="gmail_attr">', '<div id="divRplyFwdMsg">',
    '<div id="appendonsend"></div>', '<hr id="zwchr">', '<div class="yahoo_quoted">', '<div class="moz-cite-prefix">',
    "<pre>", "</pre>", "<table><tr><td>", '<span data-quoted="1">', "<img>", "<!-- a -->", "<svg>", "<template>",
    "</body>",
]  # fmt: skip

Text = TypeVar("Text")

texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20), st.just("")), max_size=20).map("\n> ".join),
)
pages = st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map(
    "".join
)


@given(text=texts)
@hypothesis_settings(max_examples=up_to(300, 5_000), deadline=None)
def test_spans_are_sorted_apart_and_inside_the_text(text: str) -> None:
    spans = visible_spans(text)
    if spans is None:
        return
    borders = [border for span in spans for border in span]
    assert borders == sorted(borders)
    assert all(start < end for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
    assert borders[0] >= 0
    assert borders[-1] <= len(text)
    assert "".join(text[start:end] for start, end in spans).strip()


@given(text=texts)
@hypothesis_settings(max_examples=up_to(200, 5_000), deadline=None)
def test_a_forward_is_found_or_not_but_never_fails(text: str) -> None:
    found = find_forward(text)
    if found:
        assert "@" in found.sender.address
        assert 0 <= found.comment_end <= len(text)


@given(page=pages)
@hypothesis_settings(max_examples=up_to(200, 5_000), deadline=None)
def test_marking_any_page_changes_none_of_its_words_and_leaves_some_to_be_seen(page: str) -> None:
    before = words_of(LexborHTMLParser(page)).replace(" ", "")
    tree = marked(page)
    assert tree.css("[data-quoted] [data-quoted]") == []
    hidden = bool(tree.css("[data-quoted]"))
    assert words_of(tree).replace(" ", "") == before
    for quote in tree.css("[data-quoted]"):
        quote.decompose()
    assert not hidden or words_of(tree) or tree.css("img")


LONG = {
    "a long line of marks": ">" * 1_000_000,
    "a long line of words": "wrote " * 170_000,
    "a long line that could be an address": "a@" * 500_000,
    "a long line of dates": "On 3 Mar 2025 at 10:14 " * 50_000 + "wrote:",
    "very many marks": "> quoted\n" * 200_000,
    "very many lines": "a line\n" * 1_000_000,
    "marks": "> quoted\n" * 29_000,
    "marked blanks": ">\n" * 29_000,
    "attributions": "On 3 Mar 2025 at 10:14, Ben <ben@team.test> wrote:\n" * 29_000 + "> a\n",
    "attributions apart": "On 3 Mar 2025 at 10:14, Ben <ben@team.test> wrote:\n\nhi\n" * 9_000 + "> a\n",
    "attributions that are none": "On 3 Mar 2025 at 10:14, Ben:\n" * 29_000 + "> a\n",
    "headers": "From: ben@team.test\nTo: a,\n" * 14_000 + "> a\n",
    "rules": "_____\n" * 29_000 + "> a\n",
    "separators": "-----Original Message-----\n" * 29_000 + "> a\n",
    "markers": f"{MARKER}\n> a\n" * 14_000,
    "signatures": "Sent from my iPhone\n" * 29_000,
    "delimiters": "-- \n" * 29_000,
    "colons": "a:\n" * 29_000,
    "answers": "> a question of some words?\nan answer\n\n" * 9_000,
}


def spent(read: Callable[[Text], object], text: Text) -> float:
    """How many seconds of computing it takes."""
    begun = time.process_time()
    read(text)
    return time.process_time() - begun


def ordinary() -> float:
    """What a mail of as many lines takes in which nothing looks like a quote, measured here and now."""
    return spent(visible_spans, ORDINARY) + spent(find_forward, ORDINARY)


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_no_text_takes_much_longer_than_an_ordinary_one(text: str) -> None:
    most = MOST_TIMES * ordinary()
    assert spent(visible_spans, text) < most
    assert spent(find_forward, text) < most


def test_a_page_with_thousands_of_quotes_does_not_take_long() -> None:
    page = "".join(case.html for case in html_cases()) * 60
    assert spent(mark_quotes, LexborHTMLParser(page)) < MOST_TIMES * ordinary()
