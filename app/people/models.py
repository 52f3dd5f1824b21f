"""Who there is: persons with their identities, organizations and teams."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from app.clock import now
from app.extensions import Base


class Role(StrEnum):
    """What a person may do, from least to most. Everybody above customer belongs to the team."""

    CUSTOMER = "customer"
    COLLABORATOR = "collaborator"
    AGENT = "agent"
    ADMIN = "admin"
    OWNER = "owner"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


# Asked for so, since an index finds these and cannot find whatever is no customer.
TEAM_ROLES = tuple(role for role in Role if role is not Role.CUSTOMER)


class IdentityKind(StrEnum):
    """Where a person can be reached. Only mail is spoken here; what else he is known by is kept and shown."""

    EMAIL = "email"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    VIBER = "viber"
    SKYPE = "skype"
    LINE = "line"
    SLACK = "slack"
    MATTERMOST = "mattermost"
    AVITO = "avito"
    VKONTAKTE = "vkontakte"
    ODNOKLASSNIKI = "odnoklassniki"
    FACEBOOK = "facebook"
    INSTAGRAM = "instagram"
    TWITTER = "twitter"
    CUSTOM = "custom"


class MailTopic(StrEnum):
    """What mails to the team are about that somebody may want or not: being asked to take up new cases, what customers
    and what colleagues write in his cases, copies of what he writes himself, and mails that are held on his cases.
    """

    INVITATIONS = "invitations"
    CUSTOMERS = "customers"
    COLLEAGUES = "colleagues"
    COPIES = "copies"
    HELD = "held"


class Organization(Base):
    """A customer's company."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), index=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    address: Mapped[str] = mapped_column(sa.Text, default="")
    meta: Mapped[dict[str, Any]] = mapped_column(default=dict)
    default_team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("teams.id"))
    disabled_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    default_team: Mapped[Team | None] = relationship()
    domains: Mapped[list[OrganizationDomain]] = relationship(
        back_populates="organization",
        order_by="OrganizationDomain.domain",
        cascade="all, delete-orphan",
        lazy="selectin",
    )


class OrganizationDomain(Base):
    """That the addresses of a domain are those of an organization. Several may have the same."""

    __tablename__ = "organization_domains"
    __table_args__ = (sa.UniqueConstraint("organization_id", "domain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organization_id: Mapped[int] = mapped_column(sa.ForeignKey("organizations.id"))
    domain: Mapped[str] = mapped_column(sa.String(255), index=True)

    organization: Mapped[Organization] = relationship(back_populates="domains")


SORTED_BY = ("created_at", "updated_at", "name", "last_contact_at", "language")


class Person(Base):
    """Anybody with an address. Team members and customers share one sequence of ids.

    Of somebody of the team ``alias`` is what customers call him, if that is not his name, and ``unwanted_mails`` are
    the MailTopics of which he gets nothing.
    """

    __tablename__ = "persons"
    __table_args__ = (
        *(sa.Index(f"ix_persons_{name}_id", name, "id") for name in SORTED_BY),
        {"sqlite_autoincrement": True},  # a number is never given twice, even when rows go
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    role: Mapped[Role] = mapped_column(default=Role.CUSTOMER, index=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    organization_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organizations.id"), index=True)
    designation: Mapped[str] = mapped_column(sa.String(200), default="")
    signature: Mapped[str] = mapped_column(sa.Text, default="")
    chat_signature: Mapped[str] = mapped_column(sa.Text, default="")
    alias: Mapped[str] = mapped_column(sa.String(200), default="")
    unwanted_mails: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    language: Mapped[str | None] = mapped_column(sa.String(35))
    time_zone: Mapped[str | None] = mapped_column(sa.String(60))
    meta: Mapped[dict[str, Any]] = mapped_column(default=dict)
    disabled_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    passes_ended_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    last_contact_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    identities: Mapped[list[Identity]] = relationship(
        back_populates="person", order_by="Identity.id", cascade="all, delete-orphan", lazy="selectin"
    )
    organization: Mapped[Organization | None] = relationship()
    teams: Mapped[list[Team]] = relationship(secondary="team_members", order_by="Team.id", viewonly=True)
    merged_into: Mapped[Person | None] = relationship(remote_side=[id])

    @property
    def team(self) -> bool:
        """Whether this is one of us."""
        return self.role is not Role.CUSTOMER

    @property
    def active(self) -> bool:
        """Whether this person may still act and be written to."""
        return not (self.disabled_at or self.blocked_at or self.deleted_at or self._of_the_blocked)

    @property
    def _of_the_blocked(self) -> bool:
        """Whether it is a customer of a company with which we have nothing more to do."""
        return not self.team and self.organization is not None and self.organization.blocked_at is not None

    @property
    def email(self) -> str | None:
        """The address mail goes to: the primary one, else the first."""
        emails = [one for one in self.identities if one.kind is IdentityKind.EMAIL]
        primary = next((one for one in emails if one.primary), emails[0] if emails else None)
        return primary.value if primary else None


class Identity(Base):
    """An address of a person. ``key`` is what makes it one person's only: the address in lower case."""

    __tablename__ = "identities"
    __table_args__ = (sa.UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), index=True)
    kind: Mapped[IdentityKind] = mapped_column(default=IdentityKind.EMAIL)
    value: Mapped[str] = mapped_column(sa.String(320))
    key: Mapped[str] = mapped_column(sa.String(320))
    primary: Mapped[bool] = mapped_column(default=False)
    validated_at: Mapped[datetime | None]
    bounces: Mapped[int] = mapped_column(default=0)
    suppressed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(back_populates="identities")


class Team(Base):
    """A group of team members."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[UUID] = mapped_column(default=uuid7, unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), unique=True)
    external_id: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    from_name: Mapped[str] = mapped_column(sa.String(200), default="")
    signature: Mapped[str] = mapped_column(sa.Text, default="")
    business_hours_id: Mapped[int | None] = mapped_column(sa.ForeignKey("business_hours.id"))
    disabled_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    members: Mapped[list[Person]] = relationship(secondary="team_members", order_by="Person.id")


class TeamMember(Base):
    """That a person belongs to a team."""

    __tablename__ = "team_members"

    team_id: Mapped[int] = mapped_column(sa.ForeignKey("teams.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("persons.id"), primary_key=True, index=True)
