"""What a house has in it when Kayako's dialect is fuzzed: what its tests have, and some more of it."""

from base64 import b64encode
from typing import Any

from flask import Flask

from app.people.models import Role
from app.people.persons import create_person
from app.sla.business_hours import create_hours
from app.sla.models import Hours, Metric
from app.sla.policies import create_policy
from app.transaction import transaction
from tests.api.kayako import furnishing
from tests.api.kayako.client import Kayako
from tests.cast import assemble
from tests.e2e.fuzzing.furnished import Furnished, Ready
from tests.house import House

# By their address: what is there of each kind, by its name in the furnishing of the tests.
KINDS = {
    "/users/{user}": ("una", "amy"),
    "agent": ("ben", "amy"),
    "/teams/{team}": ("team",),
    "/organizations/{organization}": ("organization",),
    "/identities/domains/{id}": ("domain",),
    **{f"/identities/{kind}/{{id}}": (kind,) for kind in ("emails", "phones", "twitter", "facebook")},
    "/cases/{case}": ("case", "other"),
    "/cases/posts/{post}": ("post", "note", "mail"),
    "/cases/posts/{post}/email_original": ("mail",),
    "/cases/messages/{message}": ("post", "mail"),
    "/messages/{message}": ("post", "mail"),
    "/jobs/{job}": ("job",),
    "/users/fields/{field}": ("user_field",),
    "/organizations/fields/{field}": ("organization_field",),
    "/users/{owner}/notes": ("una",),
    "/users/{owner}/notes/{note}": ("una", "una"),
}
MADE = {
    "/cases/fields": {"title": "Colour", "type": "SELECT", "options": [{"value": "Red"}, {"value": "Blue"}]},
    "/cases/forms": {"title": "Coffee"},
    "/cases/statuses": {"label": "Waiting for parts"},
    "/endpoints": {"title": "Shop", "url": "https://shop.example.com/told"},
    "/tags": {"name": "broken"},
}


def furnish(house: House) -> Furnished:
    """Bring in the cast, and what each operation is about. The fuzzer acts as olga, the owner."""
    house.start("web", CASEY_API_RATE_LIMIT="1000000")
    with house.inside() as app:
        cast = assemble(app)
        olga = Kayako(app.test_client(), cast.olga.email, cast.keys["olga"])
        with transaction():  # the furnishing has a file of his
            create_person("Cole", f"{Role.COLLABORATOR}@roles.test", role=Role.COLLABORATOR, by=None)
        words = furnishing.furnish(app, olga, cast)
        _promise(app)
        ready: Ready = {address: [[words[one]] for one in names] for address, names in KINDS.items()}
        ready |= {f"{path}/{{}}": [[_made(olga, path, said)]] for path, said in MADE.items()}
        ready |= {"text": [["fire"]], "login": [[olga.email, olga.key]], "own user": [[str(cast.olga.id)]]}
        _made(olga, "/cases/forms", {"title": "Usual", "is_default": True})
        own = olga.get(f"/identities/emails?user_id={cast.olga.id}").json["data"]
        ready["own identity_email"] = [[str(one["id"])] for one in own]
    login = b64encode(f"{olga.email}:{olga.key}".encode()).decode()
    return Furnished(ready, {"/": f"Basic {login}"})


def _made(olga: Kayako, path: str, said: dict[str, Any]) -> str:
    answer = olga.post(path, said)
    assert answer.status_code == 201, answer.text
    return str(answer.json["data"]["id"])


def _promise(app: Flask) -> None:
    """By when the team is to answer and to resolve each case."""
    targets = [{"metric": one, "goal": 3600, "hours": Hours.CALENDAR, "priority": None} for one in Metric]
    with app.app_context(), transaction():
        create_hours("Usual", {"week": {}}, by=None)
        create_policy({"title": "Gold", "description": "", "query": {}, "targets": targets}, by=None)
