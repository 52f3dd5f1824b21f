"""Writing something once, however often its button is pressed."""

from hashlib import sha256

from app.text import storable


def name_of(form: str | None, text: str) -> str:
    """What names a text that was written in a form. Another text in the same form is another one, and not lost."""
    return storable(f"portal:{form}:{sha256(text.encode(errors='replace')).hexdigest()[:32]}")
