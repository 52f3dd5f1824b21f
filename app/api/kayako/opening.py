"""Opening a case and changing one, as Kayako's words say it."""

from dataclasses import replace
from typing import Any

from app.api.kayako.case_facts import facts
from app.api.kayako.finding import person_calling
from app.api.kayako.naming import in_words_of_kayako
from app.api.kayako.words import NOTE, UNSPOKEN, kept_channel
from app.cases.changing import change_case
from app.cases.content import Content, NewFile, Sender
from app.cases.models import Case, PostKind
from app.cases.opening import open_case
from app.cases.uploads import take_uploads
from app.errors import CaseyError, Invalid
from app.mail.formatted import text_and_html
from app.people.models import Person
from app.people.persons import find_or_create_person, person_numbered

Json = dict[str, Any]


def opened(new: Json, *, by: Person) -> Case:
    """Open a case for its requester, which is told to him; or with a note, of which nobody hears.

    It is confirmed from the start, since the team opens it.
    """
    creator = person_numbered(new["creator_id"], field="creator_id") if new.get("creator_id") else by
    requester = person_numbered(new["requester_id"], field="requester_id") if new.get("requester_id") else creator
    body, content = written(new["contents"], new["channel_options"], files_of(new))
    content = replace(content, sender=Sender(client_id=new.get("client_id") or None))
    with in_words_of_kayako():
        case = open_case(
            creator,
            new["subject"],
            body,
            channel=channel_in(new["channel"]),
            kind=PostKind.NOTE if new["channel"] == NOTE else PostKind.MESSAGE,
            tags=new["tags"],
            confirmed=True,
            content=content,
            requester=requester,
            others=copied(new["channel_options"]),
            external_id=new.get("legacy_id") or None,
            mailed=kept_channel(new["channel"]) not in UNSPOKEN,
        )
        change_case(case, facts(new), by=by)
    return case


def channel_in(word: str) -> str:
    """What a case or a post came through. What is sent by a call is answered by mail."""
    return "api" if word == "MAIL" else kept_channel(word)


def written(contents: str, options: Json, files: tuple[NewFile, ...] = ()) -> tuple[str, Content]:
    """The text, and beside it HTML where the contents are that."""
    with in_words_of_kayako():
        body, html = text_and_html(None, contents) if options.get("html") else (contents, None)
    return body, Content(html=html, files=files)


def copied(options: Json) -> list[Person]:
    """Those who get copies, by their addresses."""
    try:
        return [find_or_create_person(one, field="channel_options") for one in options.get("cc", ())]
    except CaseyError as error:
        raise Invalid(error.message, field="channel_options") from None


def files_of(new: Json) -> tuple[NewFile, ...]:
    """Files that came along, and those that came before, by their numbers."""
    return (*new["files"], *take_uploads(new["attachment_file_ids"], by=person_calling()))
