"""What is asked of the lists of users and companies, in the words of the domain."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from app.api.deskie.custom_fields import FIELD, asked_fields
from app.api.deskie.languages import language_code
from app.api.deskie.people import CHANNEL
from app.api.deskie.pieces import found_by
from app.api.deskie.schemas.pieces import piece_of
from app.cases.criteria import saying
from app.cases.custom_fields import FieldLevel
from app.errors import Invalid
from app.listing.filters import Condition
from app.listing.fragments import Fragment
from app.people import narrowing
from app.people.companies import called_with, with_domain
from app.people.models import IdentityKind, Person

Json = dict[str, Any]


def users_asked(asked: Json) -> list[Condition]:
    """What holds of the users that are wanted. Raises Invalid."""
    found = [*_reached(asked), *_custom(asked), *_said(asked.get(FIELD, {}))]
    if "company_id" in asked:
        found.append(narrowing.of_organizations(asked["company_id"]))
    if "language_id" in asked:
        found.append(narrowing.speaking([language_code(one) or "" for one in asked["language_id"]]))
    for when, name in (
        (narrowing.known_since, "time"),
        (narrowing.changed, "updated_time"),
        (narrowing.in_contact, "last_contact_time"),
    ):
        first, last = asked.get(f"from_{name}"), asked.get(f"to_{name}")
        if first or last:
            found.append(when(first, last))
    return found


def _reached(asked: Json) -> Iterable[Condition]:
    """By pieces of an address. Of a telephone number only the digits count."""
    if "user_email" in asked:
        yield _having(IdentityKind.EMAIL, map(piece_of, asked["user_email"]), "user_email")
    if "user_phone" in asked:
        digits = [re.sub(r"[^+^0-9]", "", one) for one in asked["user_phone"]]
        yield _having(IdentityKind.PHONE, map(piece_of, digits), "user_phone")


def _custom(asked: Json) -> Iterable[Condition]:
    """By the ids of a custom channel: each in full, and the channel, if it is said, too."""
    ids, channel = asked.get("user_custom_id"), asked.get("user_custom_channel")
    if channel is not None and not CHANNEL.fullmatch(channel):
        raise Invalid("This must be the name of a custom channel, such as cch1.", field="user_custom_channel")
    if ids and channel:
        yield narrowing.known_by(IdentityKind.CUSTOM, [f"{channel}:{one}" for one in ids])
    elif channel:
        yield _having(IdentityKind.CUSTOM, [Fragment(f"{channel}:", first=True)], "user_custom_channel")
    elif ids:
        yield _in_any_channel(ids)


def _in_any_channel(ids: list[str]) -> Condition:
    pieces = [piece for one in ids for piece in (Fragment(f":{one}", last=True), Fragment(one, first=True, last=True))]
    return _having(IdentityKind.CUSTOM, pieces, "user_custom_id")


def _having(kind: IdentityKind, pieces: Iterable[Fragment], field: str) -> Condition:
    return found_by(lambda wanted: narrowing.reached_at(kind, wanted), pieces, field=field)


def _said(given: Json) -> Iterable[Condition]:
    """By what is said in the operator's own fields: a text by a piece of it, all else in full."""
    for field, values in asked_fields(given, FieldLevel.PERSON):
        yield found_by(partial(saying, field, owner=Person.id), values, field=FIELD)


def companies_asked(asked: Json) -> list[Condition]:
    """What holds of the companies that are wanted. Raises Invalid."""
    found: list[Condition] = []
    if "company_name" in asked:
        found.append(found_by(called_with, map(piece_of, asked["company_name"]), field="company_name"))
    if "company_domains" in asked:
        found.append(with_domain(asked["company_domains"]))
    return found
