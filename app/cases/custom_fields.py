"""Custom fields of cases, persons and organizations: one table of definitions serves every dialect."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.clock import now
from app.extensions import Base


class FieldLevel(StrEnum):
    """What a field belongs to."""

    CASE = "case"
    PERSON = "person"
    ORGANIZATION = "organization"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DECIMAL = "decimal"
    DATE = "date"
    CHECKBOX = "checkbox"
    YES_NO = "yes_no"
    RADIO = "radio"
    SELECT = "select"
    MULTI_SELECT = "multi_select"
    CASCADING = "cascading"
    REGEX = "regex"
    FILE = "file"


CHOICES = {FieldType.RADIO, FieldType.SELECT, FieldType.MULTI_SELECT, FieldType.CASCADING}


class CustomField(Base):
    """The definition of a field."""

    __tablename__ = "custom_fields"
    __table_args__ = (sa.UniqueConstraint("level", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[FieldLevel]
    key: Mapped[str] = mapped_column(sa.String(100))
    title: Mapped[str] = mapped_column(sa.String(200))
    type: Mapped[FieldType]
    pattern: Mapped[str | None] = mapped_column(sa.String(500))
    required: Mapped[bool] = mapped_column(default=False)
    visible_to_customers: Mapped[bool] = mapped_column(default=False)
    sort_order: Mapped[int] = mapped_column(default=0)
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    options: Mapped[list[CustomFieldOption]] = relationship(
        order_by="CustomFieldOption.sort_order", cascade="all, delete-orphan", lazy="selectin"
    )


class CustomFieldOption(Base):
    """One of the choices of a field; cascading ones have a parent."""

    __tablename__ = "custom_field_options"
    __table_args__ = (sa.UniqueConstraint("field_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(sa.ForeignKey("custom_fields.id"))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("custom_field_options.id"))
    key: Mapped[str] = mapped_column(sa.String(100))
    title: Mapped[str] = mapped_column(sa.String(200))
    sort_order: Mapped[int] = mapped_column(default=0)

    parent: Mapped[CustomFieldOption | None] = relationship(remote_side=[id])


class CustomFieldValue(Base):
    """What one case, person or organization says in one field. ``text`` is what filters compare."""

    __tablename__ = "custom_field_values"
    __table_args__ = (
        sa.UniqueConstraint("field_id", "owner_id"),
        sa.Index("ix_custom_field_values_field_id_text", "field_id", "text"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    field_id: Mapped[int] = mapped_column(sa.ForeignKey("custom_fields.id"))
    owner_id: Mapped[int] = mapped_column(index=True)
    value: Mapped[Any] = mapped_column(sa.JSON)
    text: Mapped[str] = mapped_column(sa.String(500), default="")
