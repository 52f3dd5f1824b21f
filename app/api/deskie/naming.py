"""Errors that name a field of Casey's, told under the name that it has on the wire."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.errors import CaseyError


@contextmanager
def in_words(words: Mapping[str, str]) -> Iterator[None]:
    """What is wrong inside, in these words: by each name of the wire, what Casey calls the same."""
    wire = {ours: theirs for theirs, ours in words.items()}
    try:
        yield
    except CaseyError as error:
        error.fields = {wire.get(field, field): sentence for field, sentence in error.fields.items()}
        raise
