"""The domains of organizations: whoever comes with an address of one belongs to it."""

from app.api.auth import caller
from app.api.kayako.envelope import Done, Many, One
from app.api.kayako.finding import number_in
from app.api.kayako.paging import Offset
from app.api.kayako.people import organization_named, under_their_names
from app.api.kayako.routing import Answer, Json, route
from app.api.kayako.schemas.identities import Domains, NewDomain
from app.api.kayako.schemas.people import Named
from app.api.kayako.views.identities import DOMAIN
from app.people.access import Act
from app.people.domains import add_domain, domain_numbered, domains_page, remove_domain

SCOPE = "users"
EVERY, ONE = "/identities/domains", "/identities/domains/<id>"


@route(EVERY, "GET", Act.READ_PERSONS, asks=Domains, shows=DOMAIN, many=True, scope=SCOPE)
def index(asked: Json) -> Answer:
    """The domains of an organization, or of all."""
    page = Offset.asked(asked)
    found = domains_page(asked.get("organization_id"), page)
    return Many(DOMAIN, found.rows, found.total, page)


@route(ONE, "GET", Act.READ_PERSONS, shows=DOMAIN, scope=SCOPE)
def show(id: str) -> Answer:
    """One domain."""
    return One(DOMAIN, domain_numbered(number_in(id)))


@route(EVERY, "POST", Act.CHANGE_PERSONS, takes=NewDomain, shows=DOMAIN, status=201, scope=SCOPE)
def create(new: Json) -> Answer:
    """Give an organization a domain. One that it has already stays."""
    organization = organization_named(new["organization_id"])
    with under_their_names(domains="domain"):
        return One(DOMAIN, add_domain(organization, new["domain"], by=caller().person))


@route(ONE, "DELETE", Act.CHANGE_PERSONS, scope=SCOPE)
def delete(id: str) -> Answer:
    """Take a domain away from its organization; its people stay."""
    remove_domain(domain_numbered(number_in(id)), by=caller().person)
    return Done()


@route(EVERY, "DELETE", Act.CHANGE_PERSONS, asks=Named, scope=SCOPE)
def delete_several(asked: Json) -> Answer:
    """The same of several, all of them or none."""
    for one in [domain_numbered(number) for number in asked["ids"]]:
        remove_domain(one, by=caller().person)
    return Done(len(asked["ids"]))
