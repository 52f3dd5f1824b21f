"""By what a person is known: his addresses, which are his alone, and his names, which others may have as well."""

import re
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select

from app.cases.models import Case, Participant
from app.cases.participation import NAMELESS
from app.events import Event
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail
from app.people.addresses import is_ours, key_of
from app.people.models import Identity, IdentityKind, Person
from app.privacy.sought import address, any_of, by_itself, literally, spoken
from app.privacy.words import Words

Json = dict[str, Any]

NAME, ADDRESS = "Erased person", "erased@erased.invalid"
MOST = 500  # of the addresses that mails were sent to, or came from
BEFORE_ADDRESS = rf"(?=[\"')]*\s*(?:<|&lt;|\(|\[)+(?:mailto:)?{re.escape(ADDRESS)})"


def identifying(ids: Collection[int]) -> Json:
    """What these persons, who are one, are known by, as plain JSON.

    A name of one word may be a word of the language: it is struck out only where nothing else is said.
    """
    names = {one for one in _names(ids) if one not in {NAME, NAMELESS}}
    mine = select(Identity).where(Identity.person_id.in_(ids))
    others = {one.value for one in db.session.scalars(mine) if one.kind is not IdentityKind.EMAIL}
    return {
        "addresses": sorted(_addresses(ids) - {ADDRESS}),
        "others": sorted(one for one in others if len(one) >= 4),
        "names": sorted(one for one in names if " " in one),
        "whole": sorted({*(one.lower() for one in names | _external(ids)), *(one.lower() for one in others)}),
        "uuids": [str(one) for one in db.session.scalars(select(Person.uuid).where(Person.id.in_(ids)))],
    }


def _names(ids: Collection[int]) -> set[str]:
    """His names and aliases, those that he had, and those under which he wrote."""
    said = [*db.session.scalars(select(Person.name).where(Person.id.in_(ids))), *_former_names(ids)]
    called = select(Participant.alias).where(Participant.person_id.in_(ids)).distinct().limit(MOST)
    signed = select(InboundEmail.sender_name).where(InboundEmail.person_id.in_(ids)).distinct().limit(MOST)
    found = [*said, *db.session.scalars(called), *db.session.scalars(signed)]
    return {" ".join(one.split()) for one in found if one and one.strip()}


def _former_names(ids: Collection[int]) -> list[str]:
    renamed = Event.name == "person_renamed", Event.subject_table == "persons", Event.subject_id.in_(ids)
    query = select(Event.old).where(*renamed).order_by(Event.sequence.desc()).limit(MOST)
    return [one for one in db.session.scalars(query) if isinstance(one, str)]


def _external(ids: Collection[int]) -> set[str]:
    query = select(Person.external_id).where(Person.id.in_(ids), Person.external_id.is_not(None))
    return {one for one in db.session.scalars(query) if one}


def _addresses(ids: Collection[int]) -> set[str]:
    """His addresses, and those he once had: by the mails that were sent to them or came from them."""
    owners = select(Identity.key, Identity.person_id).where(Identity.kind == IdentityKind.EMAIL)
    mine = set(db.session.scalars(select(Identity.key).where(Identity.person_id.in_(ids), _email())))
    used = {key_of(one) for one in _used(ids)}
    taken = {key for key, owner in db.session.execute(owners.where(Identity.key.in_(used))) if owner not in ids}
    return mine | {one for one in used - taken if not is_ours(one)}


def _email() -> sa.ColumnElement[bool]:
    return Identity.kind == IdentityKind.EMAIL


def _used(ids: Collection[int]) -> list[str]:
    to = select(OutboundEmail.address).where(OutboundEmail.person_id.in_(ids)).distinct().limit(MOST)
    came = select(InboundEmail.sender).where(InboundEmail.person_id.in_(ids), InboundEmail.sender.is_not(None))
    return [one for one in [*db.session.scalars(to), *db.session.scalars(came.distinct().limit(MOST))] if one]


def words_everywhere(known: Json) -> list[Words]:
    """What is struck out wherever it stands: nobody else is known by it."""
    return [
        Words(any_of(address(one) for one in known["addresses"]), ADDRESS),
        Words(any_of(by_itself(spoken(one)) for one in known["others"]), NAME),
    ]


def words_of_his(known: Json) -> list[Words]:
    """What is struck out of what concerns him; where his address stood, every name that stands before it."""
    names = any_of(by_itself(spoken(one)) for one in known["names"])
    called = any_of(by_itself(spoken(one)).between("", BEFORE_ADDRESS) for one in known["whole"])
    return [Words(names, NAME, frozenset(known["whole"])), Words(called, NAME)]


def words_in_answers(known: Json) -> list[Words]:
    """By what a kept answer to a request is known to speak of him."""
    return [Words(any_of(literally(one) for one in known["uuids"] + known["names"]), NAME)]


def cases_of(ids: Collection[int], among: Iterable[int | None]) -> set[int]:
    """Those of some cases that he opened, that were opened for him, that he answers for, or is or was in."""
    some = {one for one in among if one is not None}
    inside = select(Participant.case_id).where(Participant.case_id.in_(some), Participant.person_id.in_(ids))
    his = sa.or_(Case.creator_id.in_(ids), Case.requester_id.in_(ids), Case.assignee_id.in_(ids))
    return {*db.session.scalars(inside), *db.session.scalars(select(Case.id).where(Case.id.in_(some), his))}
