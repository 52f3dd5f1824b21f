"""Contents that long work needs until it ends, whatever its end is. They are forgettable only then."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.bulk.models import BulkJob
from app.clock import now
from app.database import insert_if_absent
from app.extensions import Base, db
from app.files.models import File


class HeldFile(Base):
    """That a job needs a content: a part of what it makes, or what it was given."""

    __tablename__ = "held_files"

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("bulk_jobs.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("files.id"), primary_key=True, index=True)


def hold(job: BulkJob, file_ids: Iterable[int]) -> None:
    """Keep contents until the job ends."""
    for file_id in file_ids:
        insert_if_absent(HeldFile, job_id=job.id, file_id=file_id)


def let_go(job: BulkJob) -> None:
    """The job has ended: what it needed may be needed by nobody now."""
    held = sa.select(HeldFile.file_id).where(HeldFile.job_id == job.id)
    db.session.execute(sa.update(File).where(File.id.in_(held)).values(unused_at=now()))
    db.session.execute(sa.delete(HeldFile).where(HeldFile.job_id == job.id))
