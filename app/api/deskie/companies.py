"""Companies: the organizations of customers."""

from app.api.auth import caller
from app.api.deskie.asking import companies_asked
from app.api.deskie.firms import changed, company_named, made
from app.api.deskie.routing import Answer, Json, route
from app.api.deskie.schemas.companies import Companies, CompanyChange, NewCompany
from app.api.deskie.schemas.pages import page_asked
from app.api.deskie.views.companies import CompanyList, OneCompany, company_rows, one_company
from app.api.deskie.views.shapes import Shape, numbered
from app.people.access import Act
from app.people.companies import numbered_organizations
from app.people.ending import (
    block_organization,
    delete_organization,
    disable_organization,
    enable_organization,
    unblock_organization,
)

COMPANY = ("company",)


@route("/companies.json", "GET", Act.READ_PERSONS, asks=Companies, answers=CompanyList)
def index(asked: Json) -> Answer:
    """Companies from the oldest on, or those that are asked for."""
    found = numbered_organizations(companies_asked(asked), page_asked(asked))
    return numbered("company", company_rows(found.rows), found.total)


@route("/companies.json", "POST", Act.CHANGE_PERSONS, takes=NewCompany, inside=COMPANY, answers=OneCompany, status=201)
def create(new: Json) -> Answer:
    """Make a company."""
    return one_company(made(new, by=caller().person))


@route("/companies/<company>.json", "GET", Act.READ_PERSONS, answers=OneCompany)
def show(company: str) -> Answer:
    """One company."""
    return one_company(company_named(company))


@route("/companies/<company>.json", "PUT", Act.CHANGE_PERSONS, takes=CompanyChange, inside=COMPANY, answers=OneCompany)
def update(company: str, new: Json) -> Answer:
    """Change what is said of a company, its domains and its users."""
    found = company_named(company)
    changed(found, new, by=caller().person)
    return one_company(found)


@route("/companies/<company>/block.json", "PUT", Act.CHANGE_PERSONS, answers=OneCompany)
def block(company: str) -> Answer:
    """Have nothing more to do with its users: meanwhile each of them is as if he were blocked himself."""
    found = company_named(company)
    block_organization(found, by=caller().person)
    return one_company(found)


@route("/companies/<company>/disable.json", "PUT", Act.CHANGE_PERSONS, answers=OneCompany)
def disable(company: str) -> Answer:
    """Mark a company as deleted: nobody joins it by his address, and its group is given no cases."""
    found = company_named(company)
    disable_organization(found, by=caller().person)
    return one_company(found)


@route("/companies/<company>/restore.json", "PUT", Act.CHANGE_PERSONS, answers=OneCompany)
def restore(company: str) -> Answer:
    """Take both back."""
    found, by = company_named(company), caller().person
    enable_organization(found, by=by)
    unblock_organization(found, by=by)
    return one_company(found)


@route("/companies/<company>.json", "DELETE", Act.CHANGE_PERSONS, answers=Shape)
def delete(company: str) -> Answer:
    """Delete a company for good. Its users and their cases stay."""
    delete_organization(company_named(company), by=caller().person)
    return {}
