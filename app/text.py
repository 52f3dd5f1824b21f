"""The one point where text from outside becomes text we can store."""

import re

UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Without NUL and lone surrogates, which PostgreSQL refuses and UTF-8 cannot say."""
    return UNSTORABLE.sub("\ufffd", text)
