"""Messages with files, as a mail would bring them."""

from uuid import UUID

from flask import Flask

from app.cases.content import Content, NewFile
from app.cases.posting import post_message
from app.cases.queries import case_by_uuid
from app.people.persons import known_person
from app.transaction import transaction

PNG = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)


def a_file(name: str = "notes.txt", content: bytes = b"Some notes.", kind: str = "text/plain") -> NewFile:
    """A file that somebody attaches."""
    return NewFile(name, kind, content)


def a_picture(name: str = "screen.png", content: bytes = PNG) -> NewFile:
    """A picture that stands in a text."""
    return NewFile(name, "image/png", content, content_id="picture@customer.test", inline=True)


def posted(
    app: Flask, case: str, by: str, *files: NewFile, text: str = "See the files.", **content: object
) -> list[UUID]:
    """Post a message with files; says under which uuids these are to be had."""
    with app.app_context(), transaction():
        whole = Content(files=files, **content)  # type: ignore[arg-type]
        post = post_message(
            case_by_uuid(UUID(case)), text, by=known_person(by, field="from"), channel="mail", content=whole
        )
        return [one.uuid for one in post.attachments]


def posted_often(app: Flask, case: str, by: str, *, times: int, address: str) -> None:
    """Post many messages, each with a file; an address is in the text, beside ever new ones, and in the file's name."""
    with app.app_context(), transaction():
        found, author = case_by_uuid(UUID(case)), known_person(by, field="from")
        for number in range(times):
            text = f"Number {number}: ask {address} or nobody{number}@elsewhere.test.\n> Whom?"
            file = a_file(f"{number} of {address}.txt", f"{number % 20}".encode())
            content = Content(visible=((0, text.index(">")),), files=(file,))
            post_message(found, text, by=author, channel="mail", content=content)
