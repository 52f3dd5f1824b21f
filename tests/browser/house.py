"""A house with cases in every state, for whoever looks at its pages."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask

from app.cases.attachments import clean_name
from app.cases.content import Content
from app.cases.custom_fields import CHOICES, FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.cases.lifecycle import close_case
from app.cases.links import Purpose, link_for, secret_of
from app.cases.models import Case
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.posting import post_message
from app.cases.queries import case_by_uuid
from app.config import deployed
from app.mail.sandbox import sandbox_secret
from app.people.models import Person
from app.people.persons import known_person
from app.transaction import transaction
from tests.cast import BEN, UNA, assemble
from tests.files.posts import PNG, a_file, a_picture
from tests.work import work_until_quiet

OWN = {FieldType.REGEX: {"pattern": "[A-Z]{3}"}, FieldType.TEXT: {"required": True}}
LONG = 40
ENDLESS = "a_plan_with_a_name_that_never_ends_" * 6 + ".txt"
QUOTED = "On Monday Una wrote:\n> " + "very" * 60 + " urgent"


@dataclass(frozen=True)
class Lived:
    """A house and its cases by name: ``short``, ``long``, ``closed``, ``rich`` (files, a note, quoted text)."""

    app: Flask
    site: str
    cases: dict[str, UUID]

    def link(self, case: str, reader: str = UNA) -> str:
        """The address of a case page, as it stands in its reader's mails."""
        with self.app.app_context(), transaction():
            return self._address(case_by_uuid(self.cases[case]), reader, Purpose.CASE, "c")

    def pending(self) -> str:
        """The address where una confirms a case that has just been opened in her name."""
        with self.app.app_context(), transaction():
            return self._address(_opened("It does not start", confirmed=False), UNA, Purpose.CONFIRM, "confirm")

    def _address(self, case: Case, reader: str, purpose: Purpose, path: str) -> str:
        person = known_person(reader, field="reader")
        return f"{self.site}/{path}/{secret_of(link_for(case, person, purpose))}"

    @property
    def sandbox(self) -> str:
        """The operator's link to the sandbox."""
        return sandbox_link(self.app, self.site)


def sandbox_link(app: Flask, site: str) -> str:
    """What opens the sandbox of this house."""
    with app.app_context():
        return f"{site}/sandbox/open/{sandbox_secret(deployed())}"


def furnished(app: Flask, site: str) -> Lived:
    """Let things happen in a new house, until everybody has his mails."""
    assemble(app)
    with app.app_context(), transaction():
        furnish_form()
        una, ben = known_person(UNA, field="una"), known_person(BEN, field="ben")
        cases = {"short": _opened("I found a bug"), "long": _long(una, ben), "rich": _rich(ben)}
        cases["closed"] = _opened("Thank you, it works")
        close_case(cases["closed"], by=ben)
        named = {name: case.uuid for name, case in cases.items()}
    work_until_quiet(app)
    return Lived(app, site, named)


def furnish_form() -> None:
    """Fields of every kind that customers may say something in, in the default form."""
    for number, type in enumerate(one for one in FieldType if one is not FieldType.FILE):
        facts = {"title": f"Which {type.value}?".replace("_", " "), "visible_to_customers": True, **OWN.get(type, {})}
        if type in CHOICES:
            facts["options"] = [{"key": "tea", "title": "Tea"}, {"key": "coffee", "title": "Coffee"}]
        define_field(FieldLevel.CASE, f"field_{number}", type, facts, by=None)


def _opened(subject: str, text: str = "It is over there.", *, confirmed: bool = True) -> Case:
    return open_case(known_person(UNA, field="una"), subject, text, channel="api", confirmed=confirmed)


def _long(una: Person, ben: Person) -> Case:
    case = _opened("It " + "really" * 30 + " never ends", "Please help. " * 50)
    for number in range(LONG):
        text = f"Number {number}: see https://example.com/{'x' * 60}"
        post_message(case, text, by=(una, ben)[number % 2], channel="api")
    return case


def _rich(ben: Person) -> Case:
    case = _opened("Here are the files")
    text = f"Please look at this.\n\n{QUOTED}"
    files = (a_file(ENDLESS), a_picture(content=PNG))
    assert clean_name(ENDLESS) == ENDLESS
    post_message(case, text, by=ben, channel="mail", content=Content(visible=((0, 20),), files=files))
    write_note(case, "Careful, she is right.", by=ben, channel="api")
    return case
