"""A case with all that is its own as an archive (zip): what is told of it, its mails, the contents of its files."""

import re
from collections.abc import Iterator, Mapping
from typing import IO, BinaryIO, cast
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import select

from app.cases.attachments import Attachment
from app.cases.models import Case, Post
from app.cases.queries import case_by_uuid, written
from app.clock import now
from app.errors import Gone
from app.export.facts import Json, moment
from app.export.history import Posts, told_cases
from app.export.lines import write_case
from app.export.mailbox import write_mailbox
from app.export.parts import stored
from app.extensions import db
from app.files.models import File
from app.files.storing import PIECE, open_file
from app.mail.models import InboundEmail
from app.people.models import Person
from app.steps import Made, Step

CONTENT_TYPE = "application/zip"
CASE, MAILS, FILES = "case.json", "messages.mbox", "attachments/"
LONGEST_NAME = 60
UNSAFE = re.compile(r"[^\w.-]+")


def export_one(options: Json, state: Json, by: Person | None) -> Step:
    """Write a case, which ``options`` name, into an archive. Raises NotFound when it has been purged meanwhile."""
    case = case_by_uuid(UUID(options["case"]))
    receipt: Json = {"case": str(case.uuid)}
    file = stored(lambda out: receipt.update(_write(out, case)))
    made = Made(file.id, f"case-{case.reference}.zip", CONTENT_TYPE)
    return Step({}, done=1, total=1, receipt=receipt, made=made)


def _write(out: BinaryIO, case: Case) -> Json:
    with ZipFile(out, "w") as archive:
        members = _add_files(archive, case)
        with _member(archive, CASE) as to:
            _tell(cast(BinaryIO, to), case, members)
        with _member(archive, MAILS) as to:
            mails = write_mailbox(cast(BinaryIO, to), case)
    return {"mails": mails, "files": len(members)}


def _member(archive: ZipFile, name: str, kind: int = ZIP_DEFLATED) -> IO[bytes]:
    info = ZipInfo(name, now().timetuple()[:6])
    info.compress_type = kind
    info.external_attr = 0o600 << 16
    return archive.open(info, "w", force_zip64=True)


def _add_files(archive: ZipFile, case: Case) -> Mapping[str, str]:
    """The contents, each once. Returns where each is, by its SHA-256; one that the store has lost is left out."""
    found: dict[str, str] = {}
    query = select(Attachment).join(Post, Post.id == Attachment.post_id).where(*written(case)).order_by(Attachment.id)
    for one in db.session.scalars(query.execution_options(yield_per=100)):
        if one.file.sha256 not in found:
            name = safe_name(len(found) + 1, one.name)
            found |= {one.file.sha256: name} if _added(archive, name, one.file) else {}
    return found


def _added(archive: ZipFile, name: str, file: File) -> bool:
    try:
        content = open_file(file)
    except Gone:
        return False
    with content, _member(archive, name, ZIP_STORED) as to:
        while piece := content.read(PIECE):
            to.write(piece)
    return True


def safe_name(number: int, name: str) -> str:
    """Where a content is: no path, and nothing that any system takes for something else than a name."""
    return f"{FILES}{number:04}-{UNSAFE.sub('_', name)[-LONGEST_NAME:]}"


def _tell(out: BinaryIO, case: Case, members: Mapping[str, str]) -> None:
    facts, posts = next(told_cases([case]))
    write_case(out, facts, _with_places(posts, members, _originals(case)))


def _with_places(posts: Posts, members: Mapping[str, str], originals: Mapping[str, Json]) -> Iterator[Json]:
    """The posts, which say where in the archive their files are, and which mails they were."""
    for post in posts:
        files = [{**one, "file": members.get(one["sha256"])} for one in post["attachments"]]
        yield {**post, "attachments": files, "mail": originals.get(post["uuid"])}


def _originals(case: Case) -> Mapping[str, Json]:
    """What is known of the mails that became posts of the case, by the uuids of these."""
    query = select(Post.uuid, InboundEmail.sha256, InboundEmail.received_at)
    found = db.session.execute(query.join(InboundEmail, InboundEmail.post_id == Post.id).where(*written(case)))
    return {str(uuid): {"sha256": sha256, "received_at": moment(at)} for uuid, sha256, at in found}
