"""Entities in what arrives: whatever number somebody writes, the words around it are read."""

from email import message_from_string

import pytest

from app.mail.reading.html.words import words_of_html
from app.mail.reading.reports.parts import said
from app.text import unescape

ENDLESS = ["9" * 5000, "0" * 5000 + "1114112", "x" + "f" * 5000]


@pytest.mark.parametrize("number", ENDLESS)
def test_a_number_that_no_sign_has_hides_no_words(number: str) -> None:
    html = f"<p>Hello &#{number}; there</p>"
    assert words_of_html(html) == "Hello \ufffd there"
    assert said(message_from_string(f"Content-Type: text/html\n\n{html}")).strip() == "Hello \ufffd there"


@pytest.mark.parametrize("number", ["64", "0064", "0" * 5000 + "64", "x40", "X0040", "x" + "0" * 5000 + "40"])
def test_a_sign_is_meant_however_many_zeros_stand_before_its_number(number: str) -> None:
    assert unescape(f"ben&#{number};team, ben&#{number} team") == "ben@team, ben@ team"


@pytest.mark.parametrize("block", ["&#0", "&#", "0", "9", "&#9"])
def test_a_megabyte_of_digits_is_read_in_moments(block: str) -> None:
    assert unescape(f"&#{block * (1_000_000 // len(block))} &#64;").endswith(" @")
