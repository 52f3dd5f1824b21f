"""Putting texts wherever people and programs can put one: subjects, bodies, names, file names, labels and fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from app.cases.content import Content
from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.field_values import fill_case_fields
from app.cases.labels import attach_labels
from app.cases.links import Purpose, link_for, secret_of
from app.cases.models import Case
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.people.models import Person
from app.people.persons import create_person, known_person
from app.transaction import transaction
from tests.cast import BEN, UNA
from tests.files.posts import a_file

LONGEST_SUBJECT, LONGEST_NAME, LONGEST_LABEL = 480, 200, 100


@dataclass(frozen=True)
class Planted:
    """Where the texts of a batch are shown: paths of the case to a customer and the team, of confirming; its uuid."""

    customer: str
    team: str
    confirming: str
    uuid: str


def batches(texts: list[str]) -> Iterator[list[str]]:
    """As many at once as fit into one subject."""
    batch: list[str] = []
    for text in texts:
        if batch and len(" ".join([*batch, text])) > LONGEST_SUBJECT:
            yield batch
            batch = []
        batch.append(text)
    yield batch


def planted(app: Flask, texts: list[str]) -> list[Planted]:
    """Plant all of them."""
    with app.app_context(), transaction():
        define_field(FieldLevel.CASE, "said", FieldType.TEXTAREA, _shown_as("Said"), by=None)
        return [_batch(number, batch) for number, batch in enumerate(batches(texts))]


def _shown_as(title: str) -> dict[str, object]:
    return {"title": title, "visible_to_customers": True}


def _batch(number: int, batch: list[str]) -> Planted:
    una, ben = known_person(UNA, field="una"), known_person(BEN, field="ben")
    subject, text = " ".join(batch), "\n".join(batch)
    case = open_case(una, subject, text, channel="api", confirmed=True)
    for place, one in enumerate(batch):
        _spoken(case, one, f"{number}-{place}@customer.test")
    attach_labels(case, [one[:LONGEST_LABEL] for one in batch if one[:LONGEST_LABEL].strip()], by=ben)
    fill_case_fields(case, {"said": text}, by=ben)
    write_note(case, text, by=ben, channel="api")
    pending = open_case(_named(batch[0], f"p{number}@customer.test"), subject, text, channel="api", confirmed=False)
    return Planted(
        _case_link(case, una),
        _case_link(case, ben),
        f"/confirm/{_secret(pending, pending.creator, Purpose.CONFIRM)}",
        str(case.uuid),
    )


def _spoken(case: Case, text: str, address: str) -> None:
    """Somebody whose name it is says it, and attaches a file that is called so."""
    writer = _named(text, address)
    add_participant(case, writer, by=None)
    post_message(case, text, by=writer, channel="api", content=Content(files=(a_file(text),)), mailed=False)


def _named(name: str, address: str) -> Person:
    return create_person(name[:LONGEST_NAME], address, by=None)


def _case_link(case: Case, reader: Person) -> str:
    return f"/c/{_secret(case, reader, Purpose.CASE)}"


def _secret(case: Case, reader: Person, purpose: Purpose) -> str:
    return secret_of(link_for(case, reader, purpose))
