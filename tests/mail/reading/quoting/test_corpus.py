"""What is new stays visible and what is repeated is folded, in the mails of many programs and languages."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.mail.reading.quoting import visible_spans
from tests.mail.reading.quoting.corpus import HtmlCase, PlainCase, html_cases, plain_cases
from tests.mail.reading.quoting.pages import marked, visible_words, words_of

PLAIN, HTML = plain_cases(), html_cases()
LEAST_CASES = 130
LEAST_EXACT = 0.95


def shown(text: str) -> str:
    """What a reader sees of a plain text."""
    spans = visible_spans(text)
    return text if spans is None else "".join(text[start:end] for start, end in spans)


def shown_lines(text: str) -> list[str]:
    return [line for line in shown(text).split("\n") if line.strip()]


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
def test_no_line_of_the_author_disappears(case: PlainCase) -> None:
    left = iter(shown_lines(case.text))
    assert [line for line in case.written(visible=True) if line not in left] == []


@pytest.mark.parametrize("case", HTML, ids=lambda case: case.name)
def test_no_word_of_the_author_is_marked(case: HtmlCase) -> None:
    left = iter(visible_words(case.html).split())
    assert [word for word in case.visible.split() if word not in left] == []


def test_the_split_is_exact_nearly_always() -> None:
    wrong = [case.name for case in PLAIN if shown_lines(case.text) != case.written(visible=True)]
    wrong += [case.name for case in HTML if visible_words(case.html) != case.visible]
    cases = len(PLAIN) + len(HTML)
    print(
        f"quoting: {cases} cases, {len(PLAIN)} plain, {len(HTML)} HTML, exact {cases - len(wrong)}, not exact: {wrong}"
    )
    assert cases >= LEAST_CASES
    assert (cases - len(wrong)) / cases >= LEAST_EXACT


@pytest.mark.parametrize("case", HTML, ids=lambda case: case.name)
def test_marking_changes_no_word(case: HtmlCase) -> None:
    assert words_of(marked(case.html)).replace(" ", "") == words_of(LexborHTMLParser(case.html)).replace(" ", "")


@pytest.mark.parametrize("case", HTML, ids=lambda case: case.name)
def test_only_the_outermost_element_is_marked(case: HtmlCase) -> None:
    assert marked(case.html).css("[data-quoted] [data-quoted]") == []


def answered(text: str, with_words: str) -> str:
    """An answer to a text, as most programs write it."""
    quoted = "\n".join(f">{line}" if line.startswith(">") else f"> {line}" for line in text.split("\n"))
    return f"{with_words}\n\nOn Tue, 4 Mar 2025 at 09:00, Amy <support@casey.test> wrote:\n\n{quoted}\n"


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
def test_what_was_quoted_before_is_quoted_again_in_the_next_two_answers(case: PlainCase) -> None:
    second = answered(case.text, "The second answer.")
    third = answered(second, "The third answer.")
    assert shown(second).strip() == "The second answer."
    assert shown(third).strip() == "The third answer."


@pytest.mark.parametrize("case", HTML, ids=lambda case: case.name)
def test_an_html_mail_is_quoted_again_in_the_next_two_answers(case: HtmlCase) -> None:
    second = f'<div>Second.</div><blockquote type="cite">{case.html}</blockquote>'
    third = f'<div>Third.</div><blockquote type="cite">{second}</blockquote>'
    assert (visible_words(second), visible_words(third)) == ("Second.", "Third.")


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case.name)
def test_windows_line_ends_make_no_difference(case: PlainCase) -> None:
    other = shown_lines(case.text.replace("\n", "\r\n"))
    assert [line.removesuffix("\r") for line in other if line.strip()] == shown_lines(case.text)
