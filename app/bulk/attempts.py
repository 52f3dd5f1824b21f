"""Trying a piece of long work: of one that is refused, goes wrong, or loses a race twice, nothing is left."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from app.bulk.models import Json
from app.errors import CaseyError, Conflict
from app.extensions import db
from app.queue import JobTimeout

WENT_WRONG = "Something went wrong in Casey with this, and nothing of it was done. The log of the server says what."

T = TypeVar("T")

log = logging.getLogger(__name__)


def attempt(do: Callable[[], T], what: str) -> T:
    """What it came to. Raises CaseyError for what concerns this piece alone.

    Anything else is a trouble of ours, like a database that is gone: it ends the batch, which is then done again.
    """
    for _ in range(2):
        try:
            with db.session.begin_nested():
                return do()
        except IntegrityError:
            log.info("lost a race %s", what)
        except (CaseyError, JobTimeout, OperationalError):
            raise
        except Exception as error:
            # Whatever a piece can do to us, the rest must be done too; else its batch would be repeated for ever.
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                raise
            log.exception("went wrong %s", what)
            raise CaseyError(WENT_WRONG) from error
    raise Conflict("Somebody else changed the same thing at the same moment. Please try again.")


def told(error: CaseyError) -> Json:
    """Why something was refused, as a call that does it alone would say."""
    return {"code": error.code, "detail": error.told, **({"errors": error.fields} if error.fields else {})}
