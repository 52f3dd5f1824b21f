"""Our own line above which people are asked to write."""

from pathlib import Path

import app
from app.mail.reading.quoting import MARKER, visible_spans

TEMPLATES = Path(app.__file__).parent / "templates" / "mail"


def test_our_mails_say_the_line_that_we_look_for() -> None:
    assert any(MARKER in path.read_text("utf-8") for path in TEMPLATES.rglob("*.txt"))


def test_all_below_our_line_is_folded_however_it_was_quoted() -> None:
    wrapped = MARKER.replace(" this ", "\n> this ")
    for below in (MARKER, f"> {MARKER}", f">> {MARKER}", f"> {wrapped}", f"*{MARKER}*", MARKER.strip("- ")):
        text = f"This is my answer:\n\n{below}\n> quoted\n"
        assert visible_spans(text) == ((0, len("This is my answer:\n\n")),), below


def test_an_answer_below_our_line_is_seen_when_there_is_none_above() -> None:
    assert visible_spans(f"{MARKER}\n\nBen wrote:\n\nHi\n\nMy answer.\n") is None
    spans = visible_spans(f"> {MARKER}\n>\n> Hi\n\nMy answer.\n")
    assert spans is not None
    assert spans[-1][1] == len(f"> {MARKER}\n>\n> Hi\n\nMy answer.\n")
