"""The visible parts of a plain text."""

from itertools import groupby

from app.mail.reading.quoting.lines import lines_of
from app.mail.reading.quoting.splitting import quoted_lines


def visible_spans(text: str) -> tuple[tuple[int, int], ...] | None:
    """Offsets of what is new in a text whose lines end with LF; None when all of it is.

    Spans and what lies between them are the text: nothing is changed, joined or lost.
    """
    lines = lines_of(text)
    quoted = quoted_lines(lines)
    if not any(quoted):
        return None
    runs = [list(run) for hidden, run in groupby(range(len(lines)), key=quoted.__getitem__) if not hidden]
    spans = [(lines[run[0]].start, lines[run[-1]].end) for run in runs]
    return tuple((start, end) for start, end in spans if start < end)
