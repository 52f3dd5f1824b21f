"""Staff, groups, labels, macros, and how the house is set up."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

STAFF, GROUP, LABEL = "/staff/<staff>", "/groups/<group>", "/labels/<label>"

NEW_STAFF = {"staff": {"staff_email": "new@team.test", "staff_full_name": "New"}}
NEW_GROUP = {"group": {"group_title": "New"}}
NEW_LABEL = {"label": {"label_title": "New"}}
TO_BEN = {"staff": {"replace_staff_id": "{ben}"}}
TO_OTHER = {"group": {"replace_group_id": "{other_group}"}}

ROUTES = [
    Guarded("GET", "/staff.json", Role.COLLABORATOR, "/staff.json"),
    Guarded("POST", "/staff.json", Role.ADMIN, "/staff.json", NEW_STAFF),
    Guarded("GET", f"{STAFF}.json", Role.COLLABORATOR, "/staff/{amy}.json"),
    Guarded("PUT", f"{STAFF}.json", Role.ADMIN, "/staff/{amy}.json", {"staff": {"staff_full_name": "Amy"}}),
    Guarded("PUT", f"{STAFF}/enable.json", Role.ADMIN, "/staff/{amy}/enable.json"),
    Guarded("PUT", f"{STAFF}/disable.json", Role.ADMIN, "/staff/{amy}/disable.json", TO_BEN),
    Guarded("DELETE", f"{STAFF}.json", Role.ADMIN, "/staff/{amy}.json", TO_BEN),
    Guarded("GET", "/staff_roles.json", Role.COLLABORATOR, "/staff_roles.json"),
    Guarded("GET", "/staff_statuses.json", Role.COLLABORATOR, "/staff_statuses.json"),
    Guarded("GET", "/groups.json", Role.COLLABORATOR, "/groups.json"),
    Guarded("POST", "/groups.json", Role.ADMIN, "/groups.json", NEW_GROUP),
    Guarded("GET", f"{GROUP}.json", Role.COLLABORATOR, "/groups/{group}.json"),
    Guarded("PUT", f"{GROUP}.json", Role.ADMIN, "/groups/{group}.json", NEW_GROUP),
    Guarded("PUT", f"{GROUP}/enable.json", Role.ADMIN, "/groups/{group}/enable.json"),
    Guarded("PUT", f"{GROUP}/disable.json", Role.ADMIN, "/groups/{group}/disable.json", TO_OTHER),
    Guarded("DELETE", f"{GROUP}.json", Role.ADMIN, "/groups/{group}.json", TO_OTHER),
    Guarded("GET", "/labels.json", Role.COLLABORATOR, "/labels.json"),
    Guarded("POST", "/labels.json", Role.ADMIN, "/labels.json", NEW_LABEL),
    Guarded("PUT", f"{LABEL}.json", Role.ADMIN, "/labels/{label}.json", NEW_LABEL),
    Guarded("DELETE", f"{LABEL}.json", Role.ADMIN, "/labels/{label}.json"),
    *(
        Guarded("GET", f"/{name}.json", Role.COLLABORATOR, f"/{name}.json")
        for name in ("custom_fields", "languages", "client_emails", "macros")
    ),
]
