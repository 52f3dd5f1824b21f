"""The forms on the page of a case, each for one thing that can be done to it."""

import re
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, ValidationError

from app.cases.canned_answers import CannedAnswer
from app.cases.labels import LONGEST_LABEL, MOST_LABELS
from app.cases.models import Case, CustomStatus, Priority, Status
from app.cases.posting import LONGEST_BODY
from app.errors import Invalid
from app.people.models import Person, Team
from app.people.nameless import LONGEST_NAME
from app.portal.forms import Enclosing, Reply, is_an_address
from app.translating import lazily

LONG_LABEL = lazily("A label is at most 100 characters long.")
NUMBER = lazily("Please enter the number of the other case, such as 664-245651.")
EMPTY, ENDLESS = lazily("Please write something first."), lazily("This is too long for one message.")
LONGEST_LINE = MOST_LABELS * (LONGEST_LABEL + 2)
STATUSES = [
    SelectChoice(Status.NEW, lazily("New")),
    SelectChoice(Status.OPEN, lazily("Waiting for the team")),
    SelectChoice(Status.WAITING, lazily("Waiting for the customer")),
    SelectChoice(Status.RESOLVED, lazily("Solved")),
    SelectChoice(Status.CLOSED, lazily("Closed")),
]
PRIORITIES = [
    SelectChoice(Priority.LOW, lazily("Low priority")),
    SelectChoice(Priority.NORMAL, lazily("Normal priority")),
    SelectChoice(Priority.HIGH, lazily("High priority")),
    SelectChoice(Priority.CRITICAL, lazily("Critical")),
]


class Write(Reply):
    """A message, with a canned answer to be put into it."""

    answer = SelectField(lazily("Canned answer"), validate_choice=False)

    def offer(self, answers: Sequence[CannedAnswer]) -> None:
        """Let these be chosen from."""
        self.answer.choices = [SelectChoice(str(one.uuid), one.title) for one in answers]


class Note(Enclosing):
    """A note, which no customer ever sees."""

    note = TextAreaField(
        lazily("A note for the team"), validators=[DataRequired(EMPTY), Length(max=LONGEST_BODY, message=ENDLESS)]
    )


class Join(FlaskForm):  # type: ignore[misc]
    """Who is to be let into a case."""

    address = StringField(
        lazily("E-mail address"),
        validators=[DataRequired(lazily("Please enter an e-mail address.")), Length(max=320), is_an_address],
    )
    name = StringField(lazily("Name, if you know it"), validators=[Length(max=LONGEST_NAME)])


class Decline(FlaskForm):  # type: ignore[misc]
    """Why somebody does not take a case up, if he says so."""

    why = StringField(lazily("Why, if you like"), validators=[Length(max=500)])


class Assign(FlaskForm):  # type: ignore[misc]
    """Who answers for a case. Persons and teams have a letter before their uuid."""

    whom = SelectField(lazily("Who answers for it"), validate_choice=False)

    def offer(self, case: Case, me: Person, members: Sequence[Person], teams: Sequence[Team]) -> None:
        """Let these be chosen from: nobody, oneself, the others, teams."""
        known = {one.id: one for one in (me, *members)} | ({case.assignee.id: case.assignee} if case.assignee else {})
        persons = [SelectChoice(f"person:{one.uuid}", _called(one, me)) for one in known.values()]
        offered = [SelectChoice(f"team:{one.uuid}", one.name) for one in teams]
        self.whom.choices = [SelectChoice("", lazily("Nobody yet")), *persons, *offered]
        if self.whom.data is None:
            self.whom.data = _answering(case)


def _called(person: Person, me: Person) -> Any:
    return lazily("Me") if person is me else person.name


def _answering(case: Case) -> str:
    if case.assignee is not None:
        return f"person:{case.assignee.uuid}"
    return f"team:{case.team.uuid}" if case.team else ""


class Labels(FlaskForm):  # type: ignore[misc]
    """All labels of a case."""

    labels = TextAreaField(lazily("Labels"), validators=[Length(max=LONGEST_LINE)])

    def validate_labels(self, field: StringField) -> None:
        """Raises ValidationError for one that is too long."""
        if any(len(one) > LONGEST_LABEL for one in self.names):
            raise ValidationError(LONG_LABEL)

    @property
    def names(self) -> list[str]:
        """Each by itself."""
        return [one.strip() for one in re.split("[,\n]", self.labels.data or "") if one.strip()]


class Press(FlaskForm):  # type: ignore[misc]
    """How much a case presses."""

    priority = SelectField(lazily("Priority"), choices=PRIORITIES)


class Stand(FlaskForm):  # type: ignore[misc]
    """Where a case stands: a core status, or one of the operator's own behind a mark."""

    status = SelectField(lazily("Status"), validate_choice=False)

    def offer(self, case: Case, own: Sequence[CustomStatus]) -> None:
        """Let the core statuses be chosen from, and these."""
        self.status.choices = [*STATUSES, *(SelectChoice(f"own:{one.label}", one.label) for one in own)]
        if self.status.data is None:
            standing = case.custom_status if case.custom_status in own else None
            self.status.data = f"own:{standing.label}" if standing else case.status

    @property
    def change(self) -> dict[str, object]:
        """What is said of the case. Raises Invalid for a status that there is not."""
        chosen = str(self.status.data)
        if chosen.startswith("own:"):
            return {"custom_status": chosen.removeprefix("own:")}
        if chosen not in set(Status):
            raise Invalid(lazily("Please choose a status from the list."), field="status")
        return {"status": Status(chosen)}


class Merge(FlaskForm):  # type: ignore[misc]
    """Into which case it goes."""

    into = StringField(
        lazily("Number of the other case"),
        validators=[
            DataRequired(lazily("Please enter the number of the other case, such as 664-245651.")),
            Length(max=40),
        ],
    )
    share = BooleanField(lazily("Share: the customers of both cases may read everything"))
