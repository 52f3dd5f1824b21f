"""How large files may be that come with a call or a form."""

from collections.abc import Iterable

from app.errors import TooLarge

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
LARGEST_TOGETHER = 50 * MEGABYTE


def check_sizes(sizes: Iterable[int], *, field: str) -> None:
    """Raises TooLarge for a file that is, or for too much together."""
    found = list(sizes)
    if max(found, default=0) > LARGEST:
        raise TooLarge(f"A file must be at most {LARGEST // MEGABYTE} MB large.", field=field)
    if sum(found) > LARGEST_TOGETHER:
        raise TooLarge(f"All files together must be at most {LARGEST_TOGETHER // MEGABYTE} MB large.", field=field)
