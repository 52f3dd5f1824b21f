"""What is new in a mail, and what is only repeated in it: the quotes, and the mails that are passed on.

When it is not certain that something is a quote, it is shown: nothing the sender wrote may disappear.
"""

from app.mail.reading.quoting.delimiters import MARKER, MARKERS
from app.mail.reading.quoting.forwards import find_forward
from app.mail.reading.quoting.html import mark_quotes
from app.mail.reading.quoting.plain import visible_spans

__all__ = ["MARKER", "MARKERS", "find_forward", "mark_quotes", "visible_spans"]
