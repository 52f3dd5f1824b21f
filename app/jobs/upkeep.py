"""Jobs that keep tables, and the store of files, from growing for ever."""

from collections.abc import Callable

from app import answers
from app.bulk import expiring, forgetting
from app.cases import uploads
from app.files import strays
from app.people import sessions, signing_in
from app.transaction import reading, transaction
from app.webhooks import deliveries


def forget_old_answers() -> None:
    """Forget the answers to requests that nobody repeats any more."""
    _batch_by_batch(answers.forget_old_answers)


def forget_old_deliveries() -> None:
    """Forget what webhooks were told of long ago."""
    _batch_by_batch(deliveries.forget_old_deliveries)


def forget_old_jobs() -> None:
    """Forget bulk work that ended long ago."""
    _batch_by_batch(forgetting.forget_old_jobs)


def forget_old_sessions() -> None:
    """Forget who asked to sign in, and who had, long ago."""
    _batch_by_batch(signing_in.forget_old_sign_ins)
    _batch_by_batch(sessions.forget_old_sessions)


def doubt_stray_files() -> None:
    """Note the contents of which no row speaks, in one part of the store, as contents that nobody uses."""
    for batch in strays.batches(strays.part_in_turn()):
        with reading():
            found = strays.strays(batch)
        if found:
            with transaction():
                strays.doubt(found)


def forget_old_files() -> None:
    """Forget the files that jobs have made long ago."""
    _batch_by_batch(expiring.let_go_of_old_files)


def forget_old_uploads() -> None:
    """Let files go that came before a post, and for which none came."""
    _batch_by_batch(uploads.forget_old_uploads)


def _batch_by_batch(forget: Callable[[], int]) -> None:
    gone = True
    while gone:
        with transaction():
            gone = forget() > 0
