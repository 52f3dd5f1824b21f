"""Ids in addresses."""

from app.api.deskie.finding import ID, LARGEST_ID


def id_in(part: str) -> int:
    """The id that a part of an address says; 0, which nothing has, where it cannot be one."""
    return int(part) if ID.fullmatch(part) and int(part) <= LARGEST_ID else 0
