"""Opening a case by the contact form, where nothing proves who writes: it waits until its address has confirmed it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select

from app.cases.content import Content
from app.cases.custom_fields import CustomField, FieldLevel, FieldType
from app.cases.field_definitions import fields_at
from app.cases.field_values import fill_case_fields
from app.cases.forms import CaseForm, default_form, fields_in, forms
from app.cases.models import Case
from app.cases.opening import open_case
from app.clock import now
from app.extensions import db
from app.people.models import Person
from app.people.persons import find_or_create_person

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
# How many cases one address may have asked for within which time: from one network, and from anywhere. Whoever writes
# in somebody else's name uses up what is allowed to his own network, and the other is still heard from his. That all
# together are bounded too keeps a mailbox from being filled from many networks.
LIMITS = ((5, AN_HOUR), (20, A_DAY))
LIMITS_TOGETHER = ((25, AN_HOUR), (100, A_DAY))
CHANNEL = "web"


class Unwelcome(Exception):
    """Nothing is to become of a message, for which as much was done as for any other: its transaction is undone."""


def offered_form(number: int | None) -> CaseForm | None:
    """The form with this id where customers may see it, else the default one."""
    seen = [one for one in forms() if one.visible_to_customers]
    default = default_form()
    return next((one for one in seen if one.id == number), default if default in seen else None)


def offered_fields(form: CaseForm | None) -> Sequence[CustomField]:
    """What a customer may say in it: of no form, all that customers may see. A file would need a post to be in."""
    every = fields_in(form) if form else fields_at(FieldLevel.CASE)
    return [one for one in every if one.visible_to_customers and one.type is not FieldType.FILE]


def ask_by_form(
    address: str,
    name: str,
    subject: str,
    body: str,
    *,
    once: str,
    form: CaseForm | None,
    fields: Mapping[str, Any],
    content: Content,
    language: str,
) -> Case | None:
    """Open a case that its address has to confirm. ``once`` names what was filled in: it opens one case.
    Whoever is new here is written to in the ``language`` of the form.

    It begins with who asks, as far as that is known, and a colon behind it. Raises Unwelcome for the team, whoever is
    blocked, and what is too much: at the end, so that whoever has written cannot tell by the time it takes.
    """
    if _asked_before(once):
        return None
    person = find_or_create_person(address, name, language=language)
    too_often = _asks_too_often(person, once.rpartition(":")[0])
    unwelcome = person.team or not person.active or too_often
    if unwelcome:  # a blocked person could not be in a case; this is undone with all the rest
        person.blocked_at = person.disabled_at = None
    case = open_case(person, subject, body, channel=CHANNEL, confirmed=False, content=content, external_id=once)
    case.form = form
    fill_case_fields(case, fields, by=person)
    if unwelcome:
        raise Unwelcome
    return case


def _asked_before(once: str) -> bool:
    return db.session.scalar(select(Case.id).where(Case.external_id == once)) is not None


def _asks_too_often(person: Person, asker: str) -> bool:
    asked = select(func.count()).where(Case.creator_id == person.id, Case.channel == CHANNEL)
    from_there = asked.where(Case.external_id.startswith(f"{asker}:", autoescape=True))
    return bool(_passed(from_there, LIMITS) + _passed(asked, LIMITS_TOGETHER))


def _passed(asked: Select[int], limits: Sequence[tuple[int, timedelta]]) -> list[int]:
    """Those of the limits that are reached. All are asked about, whatever the first says."""
    counts = [(db.session.scalar(asked.where(Case.created_at > now() - time)) or 0, most) for most, time in limits]
    return [most for count, most in counts if count >= most]
