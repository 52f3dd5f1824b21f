"""Companies."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

ROW = "/companies/<company>"

ROUTES = [
    Guarded("GET", "/companies.json", Role.COLLABORATOR, "/companies.json"),
    Guarded("POST", "/companies.json", Role.ADMIN, "/companies.json", {"company": {"company_name": "New"}}),
    Guarded("GET", f"{ROW}.json", Role.COLLABORATOR, "/companies/{company}.json"),
    Guarded("PUT", f"{ROW}.json", Role.ADMIN, "/companies/{company}.json", {"company": {"company_note": "VIP"}}),
    Guarded("DELETE", f"{ROW}.json", Role.ADMIN, "/companies/{company}.json"),
    *[
        Guarded("PUT", f"{ROW}/{verb}.json", Role.ADMIN, f"/companies/{{company}}/{verb}.json")
        for verb in ("block", "disable", "restore")
    ],
]
