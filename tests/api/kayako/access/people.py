"""Users, roles, teams, organizations, identities, and what finds them."""

from flask import Flask

from app.cases.custom_fields import FieldLevel, FieldType
from app.cases.field_definitions import define_field
from app.people.models import Role
from app.transaction import transaction
from tests.api.kayako.access.table import Guarded
from tests.api.kayako.client import Kayako
from tests.cast import Cast

ALL, ADMINS = Role.COLLABORATOR, Role.ADMIN
NEW_USER = {"full_name": "New", "email": "new@shop.test"}
TITLE, NAME = {"title": "New"}, {"name": "New"}
USER, TEAM, ORGANIZATION = "/users/<user>", "/teams/<team>", "/organizations/<organization>"
PROPOSITION = {"field": "roles.type", "operator": "comparison_equalto", "value": "AGENT"}
SMART = {"predicates": {"collections": [{"propositions": [PROPOSITION]}]}}
VALUES = {
    "emails": {"email": "new@shop.test"},
    "phones": {"number": "+49 30 7654321"},
    "twitter": {"screen_name": "new"},
    "facebook": {"user_name": "new"},
}


def _identities(kind: str) -> list[Guarded]:
    every, one, rule = f"/identities/{kind}", f"/identities/{kind}/{{{kind}}}", f"/identities/{kind}/<id>"
    return [
        Guarded("GET", every, ALL, f"{every}?user_id={{una}}"),
        Guarded("GET", rule, ALL, one),
        Guarded("POST", every, ADMINS, every, {"user_id": "{una}", **VALUES[kind]}),
        Guarded("PUT", rule, ADMINS, one, {"is_validated": True}),
        Guarded("DELETE", rule, ADMINS, one),
        Guarded("DELETE", every, ADMINS, f"{every}?ids={{{kind}}}"),
    ]


def _notes(plural: str, word: str) -> list[Guarded]:
    rule, path, said = f"/{plural}/<owner>/notes", f"/{plural}/{{{word}}}/notes", {"contents": "VIP"}
    return [
        Guarded("GET", rule, ALL, path),
        Guarded("POST", rule, ADMINS, path, said),
        Guarded("GET", f"{rule}/<note>", ALL, f"{path}/{{{word}}}"),
        Guarded("PUT", f"{rule}/<note>", ADMINS, f"{path}/{{{word}}}", said),
    ]


DOMAINS, DOMAIN = "/identities/domains", {"organization_id": "{organization}", "domain": "new.test"}

ROUTES = [
    Guarded("GET", "/me", ALL, "/me"),
    Guarded("GET", "/users", ALL, "/users"),
    Guarded("POST", "/users", ADMINS, "/users", NEW_USER),
    Guarded("PUT", "/users", ADMINS, "/users?ids={una}", {"time_zone": "UTC"}),
    Guarded("DELETE", "/users", ADMINS, "/users?ids={una}"),
    Guarded("POST", "/users/filter", ALL, "/users/filter", SMART),
    Guarded("GET", USER, ALL, "/users/{una}"),
    Guarded("PUT", USER, ADMINS, "/users/{una}", {"full_name": "Una"}),
    Guarded("DELETE", USER, ADMINS, "/users/{una}"),
    Guarded("GET", "/users/fields", ALL, "/users/fields"),
    Guarded("GET", "/users/fields/<field>", ALL, "/users/fields/{user_field}"),
    Guarded("GET", "/users/definitions", ALL, "/users/definitions"),
    Guarded("GET", "/roles", ALL, "/roles"),
    Guarded("GET", "/roles/<role>", ALL, "/roles/1"),
    Guarded("GET", "/roles/<role>/permissions", ALL, "/roles/1/permissions"),
    Guarded("GET", "/teams", ALL, "/teams"),
    Guarded("GET", "/teams/availability", ALL, "/teams/availability"),
    Guarded("POST", "/teams", ADMINS, "/teams", TITLE),
    Guarded("DELETE", "/teams", ADMINS, "/teams?ids={team}"),
    Guarded("GET", TEAM, ALL, "/teams/{team}"),
    Guarded("PUT", TEAM, ADMINS, "/teams/{team}", TITLE),
    Guarded("DELETE", TEAM, ADMINS, "/teams/{team}"),
    Guarded("GET", f"{TEAM}/members", ALL, "/teams/{team}/members"),
    Guarded("POST", f"{TEAM}/members", ADMINS, "/teams/{team}/members", {"agent_ids": "{amy}"}),
    Guarded("DELETE", f"{TEAM}/members", ADMINS, "/teams/{team}/members?agent_id={ben}"),
    Guarded("GET", "/organizations", ALL, "/organizations"),
    Guarded("POST", "/organizations", ADMINS, "/organizations", NAME),
    Guarded("DELETE", "/organizations", ADMINS, "/organizations?ids={organization}"),
    Guarded("GET", ORGANIZATION, ALL, "/organizations/{organization}"),
    Guarded("PUT", ORGANIZATION, ADMINS, "/organizations/{organization}", NAME),
    Guarded("DELETE", ORGANIZATION, ADMINS, "/organizations/{organization}"),
    Guarded("GET", f"{ORGANIZATION}/members", ALL, "/organizations/{organization}/members"),
    Guarded("GET", "/organizations/fields", ALL, "/organizations/fields"),
    Guarded("GET", "/organizations/fields/<field>", ALL, "/organizations/fields/{organization_field}"),
    *(row for kind in VALUES for row in _identities(kind)),
    *_notes("users", "una"),
    *_notes("organizations", "organization"),
    Guarded("GET", DOMAINS, ALL, DOMAINS),
    Guarded("GET", f"{DOMAINS}/<id>", ALL, f"{DOMAINS}/{{domain}}"),
    Guarded("POST", DOMAINS, ADMINS, DOMAINS, DOMAIN),
    Guarded("DELETE", f"{DOMAINS}/<id>", ADMINS, f"{DOMAINS}/{{domain}}"),
    Guarded("DELETE", DOMAINS, ADMINS, f"{DOMAINS}?ids={{domain}}"),
    Guarded("GET", "/search", ALL, "/search?query=una"),
    Guarded("GET", "/autocomplete/emails", ALL, "/autocomplete/emails?address=una"),
    *(
        Guarded("GET", f"/autocomplete/{what}", ALL, f"/autocomplete/{what}?name=una")
        for what in ("tags", "organizations", "users")
    ),
]


def furnish(app: Flask, olga: Kayako, cast: Cast) -> dict[str, int]:
    """A row of each kind that these speak of."""
    words = {name: getattr(cast, name).id for name in ("una", "ben", "amy")}
    words["team"] = olga.post("/teams", {"title": "Support"}).json["data"]["id"]
    olga.post(f"/teams/{words['team']}/members", {"agent_ids": cast.ben.id})
    words["organization"] = olga.post("/organizations", {"name": "Shop"}).json["data"]["id"]
    domain = {"organization_id": words["organization"], "domain": "shop.test"}
    words["domain"] = olga.post("/identities/domains", domain).json["data"]["id"]
    for kind, said in VALUES.items():
        told = {name: f"first{value}" if "@" in value else value[:-1] for name, value in said.items()}
        words[kind] = olga.post(f"/identities/{kind}", {"user_id": cast.una.id, **told}).json["data"]["id"]
    for path in (f"/users/{words['una']}", f"/organizations/{words['organization']}"):
        olga.post(f"{path}/notes", {"contents": "Regular"})
    with app.app_context(), transaction():
        for level, word in ((FieldLevel.PERSON, "user_field"), (FieldLevel.ORGANIZATION, "organization_field")):
            words[word] = define_field(level, "city", FieldType.TEXT, {"title": "City"}, by=None).id
    return words
