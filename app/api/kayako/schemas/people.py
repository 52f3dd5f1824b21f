"""What is said about users, teams and organizations."""

from typing import Any

from marshmallow import pre_load, validates_schema

from app.api.kayako.errors import AnyRequired
from app.api.kayako.schemas.cases import field_values
from app.api.kayako.schemas.fields import numbers, parts
from app.api.lenient import Lenient, flag, number, text
from app.people.identities import LONGEST
from app.people.nameless import LONGEST_NAME
from app.people.profile import LONGEST_NOTE
from app.people.wording import LONGEST_LANGUAGE

LONGEST_SIGNATURE = 20_000


class UserFacts(Lenient):
    """What is said of somebody, when he is made and later."""

    role_id = number()
    designation = text(LONGEST_NAME, allow_none=True)
    organization_id = number(allow_none=True)
    team_ids = numbers()
    signature = text(LONGEST_SIGNATURE, allow_none=True)
    locale = text(LONGEST_LANGUAGE, allow_none=True)
    time_zone = text(60, allow_none=True)
    is_enabled = flag()
    field_values = field_values()


class NewUser(UserFacts):
    """Body of POST /users."""

    full_name = text(LONGEST_NAME, least=1, required=True)
    email = text(LONGEST, least=1, required=True)
    legacy_id = text(LONGEST_NAME, allow_none=True)


class UserChange(UserFacts):
    """Body of PUT /users/{id}."""

    full_name = text(LONGEST_NAME, least=1)
    legacy_id = text(LONGEST_NAME, allow_none=True)


class UsersChange(Lenient):
    """Body of PUT /users."""

    locale = text(LONGEST_LANGUAGE, allow_none=True)
    time_zone = text(60, allow_none=True)
    is_enabled = flag()


class Named(Lenient):
    """Query of what is done to several things."""

    ids = numbers(required=True)


class NewTeam(Lenient):
    """Body of POST /teams."""

    title = text(LONGEST_NAME, least=1, required=True)
    legacy_id = text(LONGEST_NAME, allow_none=True)


class TeamChange(Lenient):
    """Body of PUT /teams/{id}."""

    title = text(LONGEST_NAME, least=1)
    legacy_id = text(LONGEST_NAME, allow_none=True)


class NewMembers(Lenient):
    """Body of POST /teams/{id}/members."""

    agent_ids = numbers(required=True)


class GoneMembers(Lenient):
    """Query of DELETE /teams/{id}/members: one or the other."""

    agent_id = number()
    agent_ids = numbers(load_default=list)


class OrganizationFacts(Lenient):
    """What is said of an organization, when it is made and later."""

    legacy_id = text(LONGEST_NAME, allow_none=True)
    domains = parts()
    field_values = field_values()


class NewOrganization(OrganizationFacts):
    """Body of POST /organizations."""

    name = text(LONGEST_NAME, least=1, required=True)


class OrganizationChange(OrganizationFacts):
    """Body of PUT /organizations/{id}."""

    name = text(LONGEST_NAME, least=1)


class PersonNoteChange(Lenient):
    """Body of PUT /users/{id}/notes/{id} and the like. ``body_text`` says the same as ``contents``."""

    contents = text(LONGEST_NOTE, least=1)

    @pre_load
    def _either(self, said: dict[str, Any], **_: Any) -> dict[str, Any]:
        either = said.get("contents", said.get("body_text")) if isinstance(said, dict) else None
        return said if either is None else {**said, "contents": either}


class NewPersonNote(PersonNoteChange):
    """Body of POST /users/{id}/notes and the like."""

    @validates_schema
    def _something(self, new: dict[str, Any], **_: Any) -> None:
        if "contents" not in new:
            raise AnyRequired("contents", "body_text")
