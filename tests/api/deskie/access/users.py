"""Users."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

NEW = {"user": {"user_email": "new@customer.test", "user_full_name": "New"}}
ROW = "/users/<user>"

ROUTES = [
    Guarded("GET", "/users.json", Role.COLLABORATOR, "/users.json"),
    Guarded("POST", "/users.json", Role.ADMIN, "/users.json", NEW),
    Guarded("GET", f"{ROW}.json", Role.COLLABORATOR, "/users/{una}.json"),
    Guarded("PUT", f"{ROW}.json", Role.ADMIN, "/users/{una}.json", {"user": {"user_note": "VIP"}}),
    Guarded("DELETE", f"{ROW}.json", Role.ADMIN, "/users/{una}.json"),
    *[
        Guarded("PUT", f"{ROW}/{verb}.json", Role.ADMIN, f"/users/{{una}}/{verb}.json")
        for verb in ("block", "disable", "restore")
    ],
    *[
        Guarded("PUT", f"{ROW}/{verb}.json", Role.ADMIN, f"/users/{{una}}/{verb}.json", {"user_id": "{max}"})
        for verb in ("link", "unlink")
    ],
    Guarded("POST", "/users/identification.json", Role.ADMIN, "/users/identification.json", {}, refused=True),
]
