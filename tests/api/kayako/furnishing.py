"""A house with a row of each kind that a route of Kayako's speaks of."""

from flask import Flask

from app.cases.canned_answers import can_answer
from app.extensions import db
from app.people.credentials import create_key
from app.people.models import Role
from app.people.organizations import create_organization
from app.people.persons import known_person
from app.sla.business_hours import create_hours
from app.sla.models import Hours, Metric
from app.sla.policies import create_policy
from app.transaction import transaction
from tests.api.kayako.access import people
from tests.api.kayako.client import Kayako
from tests.cast import UNA, Cast
from tests.letters import letter
from tests.sandbox import Outside
from tests.work import work_until_quiet


def furnish(app: Flask, olga: Kayako, cast: Cast) -> dict[str, str]:
    """What stands for ``{...}`` in a call."""
    words = {"una": cast.una.id, "email": olga.email, "key": olga.key}
    for word in ("case", "other"):
        words[word] = olga.opened(requester_id=cast.una.id, tags="early")["id"]
    with app.app_context(), transaction():
        words["organization"] = create_organization("Shop", {}, by=None).id
    words |= people.furnish(app, olga, cast) | set_up(app, olga)
    words |= written(app, olga, words["case"])
    words["job"] = olga.post("/bulk/cases", {"cases": [{}]}).json["data"]["id"]
    return {word: str(value) for word, value in words.items()}


def set_up(app: Flask, olga: Kayako) -> dict[str, int]:
    """One of each of what a house is set up with."""
    made = {
        "status": olga.post("/cases/statuses", {"label": "Paused"}),
        "form": olga.post("/cases/forms", {"title": "Returns", "is_default": True}),
        "field": olga.post("/cases/fields", {"title": "Order", "type": "TEXT"}),
        "tag": olga.post("/tags", {"name": "loud"}),
        "endpoint": olga.post("/endpoints", {"url": "https://shop.example.com/casey"}),
    }
    target = {"metric": Metric.RESOLUTION, "goal": 3600, "hours": Hours.CALENDAR, "priority": None}
    with app.app_context(), transaction():
        sla = create_policy({"title": "Gold", "description": "", "query": {}, "targets": [target]}, by=None).id
        hours = create_hours("Office", {"week": {"monday": [{"from": "09:00", "to": "17:00"}]}}, by=None).id
        kept = can_answer("Coffee", "It brews.", shared=True, by=None)
        db.session.flush()
        macro = kept.id
    return {
        **{word: one.json["data"]["id"] for word, one in made.items()},
        "sla": sla,
        "hours": hours,
        "macro": macro,
    }


def written(app: Flask, olga: Kayako, case: int) -> dict[str, int]:
    """What is written on a case, one that was a mail, and a file of somebody who is a collaborator."""
    post = olga.get(f"/cases/{case}/posts").json["data"][0]["id"]
    note = olga.post(f"/cases/{case}/notes", {"contents": "Hello"}).json["data"]["id"]
    Outside(app).send(letter(UNA, "Something else", "It squeaks."))
    work_until_quiet(app)
    [mailed] = [one for one in olga.get("/cases").json["data"] if one["subject"] == "Something else"]
    mail = olga.get(f"/cases/{mailed['id']}/posts").json["data"][0]["id"]
    email = f"{Role.COLLABORATOR}@roles.test"
    with app.app_context(), transaction():
        key = create_key("file", Role.COLLABORATOR, person=known_person(email, field="from"), by=None)[1]
    collaborator = Kayako(olga.client, email, key)
    file = collaborator.call("POST", "/files?_filename=x.txt", data=b"x").json["data"]["id"]
    asked = collaborator.post("/conversations", {"subject": "My own", "contents": "It squeaks, too."})
    return {"post": post, "note": note, "mail": mail, "file": file, "conversation": asked.json["data"]["id"]}
