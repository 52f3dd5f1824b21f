"""How a house is set up."""

from app.people.models import Role
from tests.api.kayako.access.table import Guarded

COLLABORATOR, ADMIN = Role.COLLABORATOR, Role.ADMIN
READ = ("brands", "mailboxes", "views", "slas", "businesshours")
FORM, FIELD, STATUS, TAG, ENDPOINT = "/cases/forms", "/cases/fields", "/cases/statuses", "/tags", "/endpoints"

ROUTES = [
    *(Guarded("GET", f"/{one}", COLLABORATOR, f"/{one}") for one in (*READ, "triggers", "monitors")),
    Guarded("GET", "/brands/<brand>", COLLABORATOR, "/brands/1"),
    Guarded("GET", "/mailboxes/<mailbox>", COLLABORATOR, "/mailboxes/1"),
    Guarded("GET", "/views/<view>", COLLABORATOR, "/views/1"),
    Guarded("GET", "/views/<view>/cases", COLLABORATOR, "/views/1/cases"),
    *(Guarded("GET", f"/views/{one}", COLLABORATOR, f"/views/{one}") for one in ("counts", "columns", "definitions")),
    Guarded("GET", "/cases/macros", COLLABORATOR, "/cases/macros"),
    Guarded("GET", "/cases/macros/<macro>", COLLABORATOR, "/cases/macros/{macro}"),
    Guarded("GET", "/cases/ratings/recent", COLLABORATOR, "/cases/ratings/recent"),
    Guarded("GET", "/slas/<sla>", COLLABORATOR, "/slas/{sla}"),
    Guarded("GET", "/businesshours/<hours>", COLLABORATOR, "/businesshours/{hours}"),
    Guarded("GET", "/cases/types", None, "/cases/types"),
    Guarded("GET", "/cases/types/<type>", None, "/cases/types/1"),
    Guarded("GET", "/locales", None, "/locales"),
    Guarded("GET", "/locales/<locale>", None, "/locales/1"),
    Guarded("GET", "/cases/channels", COLLABORATOR, "/cases/channels"),
    Guarded("GET", "/cases/<case>/channels", COLLABORATOR, "/cases/{case}/channels"),
    Guarded("GET", "/cases/<case>/reply/channels", COLLABORATOR, "/cases/{case}/reply/channels"),
    Guarded("POST", STATUS, ADMIN, STATUS, {"label": "Odd"}),
    Guarded("PUT", f"{STATUS}/<status>", ADMIN, f"{STATUS}/{{status}}", {"sort_order": 2}),
    Guarded("DELETE", f"{STATUS}/<status>", ADMIN, f"{STATUS}/{{status}}"),
    Guarded("GET", FORM, COLLABORATOR, FORM),
    Guarded("GET", f"{FORM}/default", COLLABORATOR, f"{FORM}/default"),
    Guarded("GET", f"{FORM}/<form>", COLLABORATOR, f"{FORM}/{{form}}"),
    Guarded("POST", FORM, ADMIN, FORM, {"title": "Odd"}),
    Guarded("PUT", f"{FORM}/<form>", ADMIN, f"{FORM}/{{form}}", {"sort_order": 2}),
    Guarded("DELETE", f"{FORM}/<form>", ADMIN, f"{FORM}/{{form}}"),
    Guarded("GET", FIELD, COLLABORATOR, FIELD),
    Guarded("GET", f"{FIELD}/<field>", COLLABORATOR, f"{FIELD}/{{field}}"),
    Guarded("GET", f"{FIELD}/<field>/options", COLLABORATOR, f"{FIELD}/{{field}}/options"),
    Guarded("POST", FIELD, ADMIN, FIELD, {"title": "Odd", "type": "TEXT"}),
    Guarded("PUT", f"{FIELD}/<field>", ADMIN, f"{FIELD}/{{field}}", {"sort_order": 2}),
    Guarded("DELETE", f"{FIELD}/<field>", ADMIN, f"{FIELD}/{{field}}"),
    Guarded("GET", TAG, COLLABORATOR, TAG),
    Guarded("GET", f"{TAG}/<tag>", COLLABORATOR, f"{TAG}/{{tag}}"),
    Guarded("POST", TAG, ADMIN, TAG, {"name": "odd"}),
    Guarded("PUT", f"{TAG}/<tag>", ADMIN, f"{TAG}/{{tag}}", {"name": "even"}),
    Guarded("DELETE", f"{TAG}/<tag>", ADMIN, f"{TAG}/{{tag}}"),
    Guarded("GET", ENDPOINT, ADMIN, ENDPOINT),
    Guarded("GET", f"{ENDPOINT}/<endpoint>", ADMIN, f"{ENDPOINT}/{{endpoint}}"),
    Guarded("POST", ENDPOINT, ADMIN, ENDPOINT, {"url": "https://other.example.com/casey"}),
    Guarded("PUT", f"{ENDPOINT}/<endpoint>", ADMIN, f"{ENDPOINT}/{{endpoint}}", {"title": "Shop"}),
    Guarded("DELETE", f"{ENDPOINT}/<endpoint>", ADMIN, f"{ENDPOINT}/{{endpoint}}"),
]
