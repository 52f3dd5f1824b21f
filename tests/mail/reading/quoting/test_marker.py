"""Our own line above which people are asked to write, in whichever language."""

import pytest

from app.mail.reading.quoting import MARKER, MARKERS, visible_spans
from app.translating import LANGUAGES, gettext, speaking

every_language = pytest.mark.parametrize("marker", MARKERS)


@pytest.mark.parametrize(("language", "marker"), [*zip(LANGUAGES, MARKERS, strict=True)])
def test_our_mails_say_the_line_that_we_look_for(language: str, marker: str) -> None:
    with speaking(language):
        assert gettext(MARKER) == marker


@every_language
def test_all_below_our_line_is_folded_however_it_was_quoted(marker: str) -> None:
    words = marker.split(" ")
    wrapped = " ".join(words[:4]) + "\n> " + " ".join(words[4:])
    for below in (marker, f"> {marker}", f">> {marker}", f"> {wrapped}", f"*{marker}*", marker.strip("- ")):
        text = f"This is my answer:\n\n{below}\n> quoted\n"
        assert visible_spans(text) == ((0, len("This is my answer:\n\n")),), below


@every_language
def test_an_answer_below_our_line_is_seen_when_there_is_none_above(marker: str) -> None:
    assert visible_spans(f"{marker}\n\nBen wrote:\n\nHi\n\nMy answer.\n") is None
    spans = visible_spans(f"> {marker}\n>\n> Hi\n\nMy answer.\n")
    assert spans is not None
    assert spans[-1][1] == len(f"> {marker}\n>\n> Hi\n\nMy answer.\n")
