"""Ideas and their categories."""

from app.people.models import Role
from tests.api.deskie.access.table import Guarded

IDEA = {"message": {"content": "Sell tea.", "stage": "planned"}}
RESPONSE = {"message": {"content": "We will."}}
CATEGORY = {"ideas_category": {"category_title": "New"}}
CATEGORIES, ONE = "/ideas_category.json", "/ideas_category/<category>"

ROUTES = [
    Guarded("PUT", "/cases/<case>/idea.json", Role.COLLABORATOR, "/cases/{idea}/idea.json", IDEA),
    *(
        Guarded(
            method,
            "/cases/<case>/idea_official_response.json",
            Role.COLLABORATOR,
            "/cases/{idea}/idea_official_response.json",
            body,
        )
        for method, body in (("PUT", RESPONSE), ("DELETE", None))
    ),
    Guarded("GET", CATEGORIES, Role.COLLABORATOR, CATEGORIES),
    Guarded("POST", CATEGORIES, Role.ADMIN, CATEGORIES, CATEGORY),
    Guarded("GET", f"{ONE}.json", Role.COLLABORATOR, "/ideas_category/{category}.json"),
    Guarded("PUT", f"{ONE}.json", Role.ADMIN, "/ideas_category/{category}.json", CATEGORY),
    Guarded("DELETE", f"{ONE}.json", Role.ADMIN, "/ideas_category/{category}.json"),
    Guarded("PUT", f"{ONE}/enable.json", Role.ADMIN, "/ideas_category/{category}/enable.json"),
    Guarded("PUT", f"{ONE}/disable.json", Role.ADMIN, "/ideas_category/{category}/disable.json"),
]
