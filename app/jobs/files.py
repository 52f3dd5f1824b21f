"""Jobs of the files."""

import time

from app.errors import CaseyError
from app.files.pictures import claim_picture, due_pictures, keep_small, look_at, settle_picture
from app.transaction import reading, transaction

SECONDS = 60.0


def look_at_pictures() -> None:
    """Find out what new pictures are like."""
    until = time.monotonic() + SECONDS
    with reading():
        due = due_pictures()
    for file_id in due:
        if time.monotonic() > until:
            break
        look_at_picture(file_id)


def look_at_picture(file_id: int) -> None:
    """Find out what one picture is like."""
    with transaction():
        claimed = claim_picture(file_id)
    if claimed is None:
        return
    try:
        seen = look_at(claimed)
    except CaseyError:  # its content cannot be had at the moment, or is lost: the claim runs out
        return
    small = keep_small(seen) if seen else None
    with transaction():
        settle_picture(file_id, seen, small)
