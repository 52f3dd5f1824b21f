"""What the verbs call a value that is wrong, and what it is called on Kayako's wire."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from app.errors import CaseyError, Conflict, Invalid

NAMES: Mapping[str, str] = {
    "requester": "requester_id",
    "assignee": "assigned_agent_id",
    "team": "assigned_team_id",
    "custom_status": "status_id",
    "type": "type_id",
    "form": "form_id",
    "external_id": "legacy_id",
    "message": "contents",
    "note": "contents",
    "html": "contents",
    "from": "requester_id",
}
# Those of a case that is described with all that was written on it.
DESCRIBED: Mapping[str, str] = {
    **NAMES,
    "creator.email": "creator_id",
    "requester.email": "requester_id",
    "assignee.email": "assigned_agent_id",
}
WRITTEN: Mapping[str, str] = {**NAMES, "from": "creator_id", "attachments": "attachment_file_ids"}
FIELDS = "fields."
OF_A_CASE = re.compile(r"(cases\.\d+\.)?(.*)", re.ASCII | re.DOTALL)
OF_A_MESSAGE = re.compile(r"messages\.(\d+)\.(\w+)", re.ASCII)
OF_SOMEBODY = re.compile(r"participants\.\d+\.\w+", re.ASCII)


@contextmanager
def in_words_of_kayako(**here: str) -> Iterator[None]:
    """Whatever is wrong is named as this wire names it, or as it is named just ``here``."""
    try:
        yield
    except (Invalid, Conflict) as error:
        if isinstance(error, Conflict) and "email" in error.fields:  # somebody who may no longer be written to
            raise Invalid(error.message, field="requester_id") from None
        rename(error, {**NAMES, **here})
        raise


@contextmanager
def below(path: str) -> Iterator[None]:
    """Whatever is wrong stands below this path."""
    try:
        yield
    except CaseyError as error:
        error.fields = {f"{path}.{name}": sentence for name, sentence in error.fields.items()}
        raise


def rename(error: CaseyError, names: Mapping[str, str]) -> None:
    """Name the fields that an error is about by these names, and those of the operator's own as bodies have them."""
    error.fields = {renamed(path, names): sentence for path, sentence in error.fields.items()}


def renamed(path: str, names: Mapping[str, str]) -> str:
    """One of them."""
    if path.startswith(FIELDS):
        return f"field_values[{path.removeprefix(FIELDS)}]"
    return names.get(path, path)


def named_in_bulk(path: str) -> str:
    """The path of a field of a described case. Its first message is its own contents, the others are its posts."""
    found = OF_A_CASE.fullmatch(path)
    assert found is not None  # it takes everything
    case, inner = found[1] or "", found[2]
    message = OF_A_MESSAGE.fullmatch(inner)
    if message is None:
        return case + ("channel_options" if OF_SOMEBODY.fullmatch(inner) else renamed(inner, DESCRIBED))
    number, name = int(message[1]), WRITTEN.get(message[2], message[2])
    return f"{case}posts.{number - 1}.{name}" if number else case + name
