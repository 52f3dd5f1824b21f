"""Ordering exports, and imports of what was exported. The audit log says who exported what."""

from collections.abc import Mapping

from app.bulk.acts import EXPORT, EXPORT_CASE, EXPORT_PERSON, IMPORT
from app.bulk.holding import hold
from app.bulk.models import BulkJob, Json
from app.bulk.ordering import order_job, order_work
from app.cases.models import Case
from app.events import record
from app.export.cases import Format, check_filter
from app.export.restoring import ARCHIVE
from app.files.kept import Kept
from app.files.storing import store
from app.people.models import Person


def order_export(format: Format, wanted: Mapping[str, str], *, by: Person | None) -> BulkJob:
    """Have the wanted cases written into a file. Raises Invalid for what the list of cases cannot be asked."""
    check_filter(wanted, me=by)
    return _ordered(EXPORT, {"format": str(format), "filter": dict(wanted)}, by)


def order_case_export(case: Case, *, by: Person | None) -> BulkJob:
    """Have a case written into an archive, with its mails and files."""
    return _ordered(EXPORT_CASE, {"case": str(case.uuid)}, by)


def order_person_export(person: Person, *, by: Person | None) -> BulkJob:
    """Have everything that is known about a person written into a file, as he himself may see it."""
    return _ordered(EXPORT_PERSON, {"person": str(person.uuid)}, by)


def order_archive_import(given: Json, archive: Kept, *, by: Person | None) -> BulkJob:
    """Have a case taken over that was exported so. The archive is kept until that is done."""
    file = store(archive)
    job = order_job(IMPORT, [{**given, ARCHIVE: file.id}], {}, by=by)
    hold(job, [file.id])
    return job


def _ordered(act: str, options: Json, by: Person | None) -> BulkJob:
    job = order_work(act, options, by=by)
    record(job, "export_ordered", by=by, new=options)
    return job
