"""Companies on Deskie's wire."""

from collections.abc import Sequence

from marshmallow import fields

from app.api.deskie.dates import told
from app.api.deskie.views.shapes import Json, Shape, a_flag, a_moment, a_number, a_text, list_of
from app.people.companies import sizes
from app.people.models import Organization


class CompanyShape(Shape):
    """A company."""

    company_id = a_number()
    company_name = a_text()
    company_domains = a_text("With commas between them.")
    company_default_group = a_number("Which group is given the new cases of its users; 0: none.")
    company_address = a_text()
    company_note = a_text()
    active = a_flag("Whether it is not blocked.")
    deleted = a_flag("Whether it is disabled.")
    created_at = a_moment()
    updated_at = a_moment()
    amount_of_users = a_number()


CompanyList = list_of("company", CompanyShape)


class OneCompany(Shape):
    """A company in its envelope."""

    company = fields.Nested(CompanyShape, required=True)


def one_company(company: Organization) -> Json:
    """A company in its envelope."""
    return {"company": company_rows([company])[0]}


def company_rows(companies: Sequence[Organization]) -> list[Json]:
    """Companies as a list shows them; their users are counted for all of them at once."""
    counts = sizes([one.id for one in companies])
    return [_row(one, counts[one.id]) for one in companies]


def _row(company: Organization, users: int) -> Json:
    return {
        "company_id": company.id,
        "company_name": company.name,
        "company_domains": ",".join(one.domain for one in company.domains),
        "company_default_group": company.default_team_id or 0,
        "company_address": company.address,
        "company_note": company.note,
        "active": company.blocked_at is None,
        "deleted": company.disabled_at is not None,
        "created_at": told(company.created_at),
        "updated_at": told(company.updated_at),
        "amount_of_users": users,
    }
