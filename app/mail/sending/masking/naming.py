"""The name that stands before an address: ``Ben Foo <ben@x.test>``, ``From: Ben Foo [mailto:ben@x.test]``."""

import re
from functools import lru_cache

LONGEST = 320
BRACKET = r"[\"']?\s*(?:<|\[mailto:\s*|\(|\[)\s*(?:mailto:\s*)?\Z"
# In the header of a quoted mail all that stands between the colon, or another address, and the bracket is a name.
HEADER = re.compile(
    r"(?:^|\n)[ \t>|*]*[^\W\d_]{2,20}\*? ?:\*?(?:[^\n:]{0,300}[>\])][;,])?\s*[\"']?"
    r"(?P<name>[^\s<>()\[\]\"';,:/@=][^<>()\[\]\";:\n/@=]{0,200}?)" + BRACKET
)


def name_before(text: str, address: int, name: str) -> tuple[int, int] | None:
    """Where the name of its owner stands directly before an address; None where that is not clearly a name.

    What is only separated by a blank, as in ``ask Ben ben@x.test``, may be anything.
    """
    if text[address - 1 : address] not in {"<", "[", "(", ":", " ", "\n"}:
        return None
    window = max(0, address - LONGEST)
    known = _real_name(name).search(text, window, address) or HEADER.search(text, window, address)
    return known.span("name") if known else None


@lru_cache(1000)
def _real_name(name: str) -> re.Pattern[str]:
    """The name as it was given to us, also with the last name first."""
    words = name.split() or [name]
    spellings = [words, [f"{words[-1]},", *words[:-1]]] if len(words) > 1 else [words]
    choices = "|".join(r"\s+".join(map(re.escape, spelling)) for spelling in spellings)
    return re.compile(rf"(?<!\w)(?P<name>{choices}){BRACKET}", re.I)
