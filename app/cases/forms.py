"""Forms: which of the operator's own fields belong to which kind of case, under a title that people choose by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.cases.custom_fields import CustomField, FieldLevel
from app.cases.models import DEFAULT_FORM, Case
from app.clock import now
from app.errors import Conflict, Invalid, NotFound
from app.events import record
from app.extensions import Base, db
from app.people.models import Person

LONGEST_TITLE = 100
LONGEST_DESCRIPTION = 2000
MOST_FORMS = 100
TOLD = ("title", "description", "visible_to_customers", "sort_order", "default")


class CaseForm(Base):
    """A form. The ``default`` one is that of cases of which nothing else is said."""

    __tablename__ = "case_forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE), unique=True)
    description: Mapped[str] = mapped_column(sa.Text, default="")
    visible_to_customers: Mapped[bool] = mapped_column(default=True)
    default: Mapped[bool] = mapped_column(default=False)
    sort_order: Mapped[int] = mapped_column(default=0)
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    fields: Mapped[list[FormField]] = relationship(
        order_by="FormField.position", cascade="all, delete-orphan", lazy="selectin"
    )


class FormField(Base):
    """That a field belongs to a form, and at which place."""

    __tablename__ = "case_form_fields"

    form_id: Mapped[int] = mapped_column(sa.ForeignKey("case_forms.id"), primary_key=True)
    field_id: Mapped[int] = mapped_column(sa.ForeignKey("custom_fields.id"), primary_key=True)
    position: Mapped[int]

    field: Mapped[CustomField] = relationship(lazy="joined", innerjoin=True)


def fields_in(form: CaseForm) -> list[CustomField]:
    """The fields of a form in their order, without those that are deleted."""
    return [one.field for one in form.fields if one.field.disabled_at is None]


def forms() -> Sequence[CaseForm]:
    """All of them, in their order."""
    query = select(CaseForm).where(CaseForm.deleted_at.is_(None))
    return db.session.scalars(query.order_by(CaseForm.sort_order, CaseForm.id)).all()


def forms_numbered(ids: Collection[int]) -> Mapping[int, CaseForm]:
    """The forms with these ids and their fields, deleted ones too, since cases may still name them."""
    field = joinedload(CaseForm.fields).joinedload(FormField.field, innerjoin=True)
    query = select(CaseForm).where(CaseForm.id.in_(ids)).options(field.joinedload(CustomField.options))
    return {one.id: one for one in db.session.scalars(query).unique()} if ids else {}


def default_form() -> CaseForm | None:
    """The form of cases of which nothing else is said, if there is one."""
    return db.session.scalar(select(CaseForm).where(CaseForm.id == DEFAULT_FORM))


def _titled(title: str) -> CaseForm | None:
    return db.session.scalar(select(CaseForm).where(CaseForm.title == title))


def form_by_title(title: str) -> CaseForm:
    """Raises NotFound."""
    form = _titled(title)
    if form is None or form.deleted_at:
        raise NotFound("There is no such form.")
    return form


def form_named(title: str) -> CaseForm:
    """The form with this title, for a case that is to be of it. Raises Invalid when there is none."""
    form = _titled(title)
    if form is None or form.deleted_at:
        raise Invalid("There is no form with this title. Make it first.", field="form")
    return form


def form_of(case: Case) -> CaseForm | None:
    """The form of a case; none where it was deleted."""
    return None if case.form is None or case.form.deleted_at else case.form


def create_form(facts: Mapping[str, Any], *, by: Person | None) -> CaseForm:
    """Make a form. A deleted one with this title comes back, to the cases that have it too.

    Raises Conflict for a title that is taken, Invalid for a field that is none of cases.
    """
    form = _titled(facts["title"])
    if form is None:
        if len(forms()) >= MOST_FORMS:
            raise Conflict(f"There can be {MOST_FORMS} forms.")
        form = CaseForm(title=facts["title"], fields=[])
        db.session.add(form)
    elif form.deleted_at is None:
        raise Conflict("Another form has this title already.", field="title")
    form.deleted_at = None
    _describe(form, facts)
    db.session.flush()
    record(form, "form_created", by=by, new=_told(form))
    return form


def change_form(form: CaseForm, facts: Mapping[str, Any], *, by: Person | None) -> None:
    """Change what is said of a form. Raises as making one does."""
    other = _titled(facts.get("title", form.title))
    if other is not None and other is not form:
        raise Conflict("Another form has this title already.", field="title")
    was = _told(form)
    _describe(form, facts)
    new = {name: value for name, value in _told(form).items() if value != was[name]}
    if new:
        record(form, "form_changed", by=by, old={name: was[name] for name in new}, new=new)


def delete_form(form: CaseForm, *, by: Person | None) -> None:
    """Delete a form. Cases that have it have none from now on; what was said in its fields stays."""
    form.deleted_at, form.default = now(), False
    record(form, "form_deleted", by=by, old=form.title)


def change_form_of_case(case: Case, title: str | None, *, by: Person | None) -> None:
    """Say of which form a case is. Raises Invalid for a title that no form has."""
    form, was = form_named(title) if title is not None else None, form_of(case)
    if form is not was:
        case.form = form
        record(case, "case_form_changed", by=by, old=was.title if was else None, new=title)


def _describe(form: CaseForm, facts: Mapping[str, Any]) -> None:
    if facts.get("default") and not form.default:
        db.session.execute(sa.update(CaseForm).values(default=False))
    for name in TOLD:
        if name in facts:
            setattr(form, name, facts[name])
    if "fields" in facts:
        _choose(form, facts["fields"])


def _choose(form: CaseForm, keys: Sequence[str]) -> None:
    """Let the form have these fields of cases, in this order."""
    here = CustomField.level == FieldLevel.CASE, CustomField.key.in_(keys), CustomField.disabled_at.is_(None)
    known = {one.key: one for one in db.session.scalars(select(CustomField).where(*here))}
    for number, key in enumerate(keys):
        if key not in known:
            raise Invalid("There is no field of cases with this key.", field=f"fields.{number}")
    there = {one.field_id: one for one in form.fields}
    chosen = [known[key] for key in dict.fromkeys(keys)]
    form.fields = [there.get(one.id) or FormField(field_id=one.id, field=one) for one in chosen]
    for position, one in enumerate(form.fields):
        one.position = position


def _told(form: CaseForm) -> dict[str, Any]:
    return {**{name: getattr(form, name) for name in TOLD}, "fields": [one.field.key for one in form.fields]}
