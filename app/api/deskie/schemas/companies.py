"""What is said and asked about companies."""

from typing import Any

from marshmallow import ValidationError

from app.api.brackets import values_of
from app.api.deskie.schemas.fields import TEXTS, Lenient, Text, number, several, text
from app.api.deskie.schemas.pages import Paged
from app.people.organizations import LONGEST_ADDRESS, MOST_DOMAINS
from app.people.profile import LONGEST_NOTE

LONGEST_NAME = 200


class Parts(Text):
    """Values with commas between them, or an array of them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        given = [super(Parts, self)._deserialize(one, attr, data, **options) for one in values_of(value)]
        found = [part.strip() for one in given for part in one.split(",") if part.strip()]
        if len(found) > MOST_DOMAINS:
            raise ValidationError(f"There must be at most {MOST_DOMAINS} of them.")
        return found


def parts() -> Parts:
    """Values with commas between them."""
    return Parts(error_messages=TEXTS)


class _Company(Lenient):
    """What is said of a company at once and later."""

    company_default_group = number()
    company_address = text(LONGEST_ADDRESS)
    company_note = text(LONGEST_NOTE)


class NewCompany(_Company):
    """Body of POST /companies.json, inside of ``company``."""

    company_name = text(LONGEST_NAME, least=1, required=True)
    company_domains = parts()
    company_users = parts()


class CompanyChange(_Company):
    """Body of PUT /companies/{id}.json, inside of ``company``."""

    company_name = text(LONGEST_NAME, least=1)
    company_domains = parts()
    add_company_domains = parts()
    remove_company_domains = parts()
    add_company_users = parts()
    remove_company_users = parts()


class Companies(Paged):
    """Query of GET /companies.json."""

    company_name = several(text(LONGEST_NAME))
    company_domains = several(text(255))
