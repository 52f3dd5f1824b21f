"""A house with something in it for each call of the document."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image

from app.sla.models import Hours, Metric
from app.sla.policies import create_policy
from app.transaction import transaction
from tests.api.kayako.client import Kayako
from tests.cast import UNA, Cast
from tests.letters import letter
from tests.sandbox import Outside
from tests.work import work_until_quiet

Json = dict[str, Any]


@dataclass(frozen=True)
class House:
    """What can be said under each name, and what stands in addresses."""

    values: Json
    case: int
    other: int
    trashed: int
    organization: int
    post: int
    mail: int

    def places(self, call: Json) -> Json:
        """What ``id`` stands for in the address of a call."""
        name = call["name"]
        if "organization" in name:
            return {"id": self.organization}
        if name in {"Retrieve a post", "Update a Post"}:
            return {"id": self.post}
        if name == "Retrieve a original email":
            return {"id": self.mail}
        return {"id": self.trashed if name.startswith("Restore") else self.case, "other": self.other, "mail": self.mail}


def arrange(app: Flask, olga: Kayako, cast: Cast) -> House:
    """A case of which everything is said that can be said, written on by mail and by calls, with files and notes."""
    outside = Outside(app)
    _promise(app)
    values = _definitions(app, olga, cast)
    case = _made(
        olga, "/cases", subject="It is on fire", contents="It is!", legacy_id="YAK-923-46434", **_facts(values)
    )
    at = f"/cases/{case['id']}"
    work_until_quiet(app)
    [mail] = outside.inbox(UNA)
    answer = letter(UNA, f"Re: {mail['Subject']}", "Here it is.", In_Reply_To=str(mail["Message-ID"]))
    answer.add_attachment(picture(), "image", "png", filename="fire.png")
    outside.send(answer)
    work_until_quiet(app)
    [written] = [one for one in olga.get(f"{at}/posts").json["data"] if one["source"] == "MAIL"]
    reply = _made(olga, f"{at}/reply", contents="We look into it.", channel="MAIL", client_id="c-0")["posts"][0]
    work_until_quiet(app)
    olga.put(f"/cases/posts/{reply['id']}", {"post_status": "SEEN"})
    other = _made(olga, "/cases", subject="Another", contents="Hi", requester_id=cast.una.id)["id"]
    for name in ("trashed", "merged"):
        values[name] = _made(olga, "/cases", subject=name, contents="Hi", requester_id=cast.una.id)["id"]
    olga.put(f"/cases/{values['trashed']}/trash")
    olga.post(f"{at}/merge", {"case_ids": str(values["merged"])})
    organization = values.pop("organization")
    return House(values, case["id"], other, values.pop("trashed"), organization, reply["id"], written["id"])


def picture() -> bytes:
    """A picture of some size."""
    content = BytesIO()
    Image.new("RGB", (640, 480), "red").save(content, "PNG")
    return content.getvalue()


def _made(olga: Kayako, path: str, **said: Any) -> Json:
    answer = olga.post(path, said)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json["data"]
    return made


def _definitions(app: Flask, olga: Kayako, cast: Cast) -> Json:
    """A value for every name of the document."""
    options = [{"value": "Honey"}, {"value": "Blend"}]
    field = _made(olga, "/cases/fields", title="Product", type="SELECT", options=options)
    form = _made(olga, "/cases/forms", title="Coffee", field_ids=str(field["id"]), is_default=True)
    organization = _made(olga, "/organizations", name="Brew")
    olga.put(f"/users/{cast.una.id}", {"organization_id": organization["id"]})
    team = _made(olga, "/teams", title="Support", legacy_id="t-1")
    file = olga.post("/files?_filename=a.txt", data=b"Hello", content_type="application/octet-stream").json["data"]
    post = {"contents": "Hi", "channel": "MAIL", "channel_id": 1}
    return {
        "subject": "Another subject",
        "contents": "Kindly look into it.",
        "legacy_id": "L-1",
        "reply": "Hello!",
        "requester_id": cast.una.id,
        "creator_id": cast.una.id,
        "user_id": cast.una.id,
        "notes": "Watch out.",
        "assigned_team_id": team["id"],
        "assigned_agent_id": cast.ben.id,
        "brand_id": 1,
        "form_id": form["id"],
        "status_id": 2,
        "priority_id": 3,
        "type_id": 1,
        "state": "TRASH",
        "tags": "late,loud",
        "status": "NEW,OPEN",
        "channel": "MAIL",
        "channel_id": 1,
        "channel_options": {"cc": "guest@customer.test", "html": True},
        "field_values": {"product": str(field["options"][0]["id"])},
        "client_id": "c-1",
        "post_status": "DELIVERED",
        "attachment": True,
        "attachment_file_ids": str(file["id"]),
        "source": "MOBILE",
        "metadata": {"user_agent": "X"},
        "created_at": "2015-07-30T06:45:25+05:00",
        "updated_at": "2015-07-30T06:45:25+05:00",
        "priority": 4,
        "cases": [{"subject": "Old", "contents": "Hi", "channel": "MAIL", "channel_id": 1}],
        "posts": [post],
        "identity_type": "EMAIL",
        "identity_value": UNA,
        "start_time": "2015-07-30T06:45:25+05:00",
        "ids": "1,2",
        "legacy_ids": "YAK-923-46434",
        "partial_import": "true",
        "after_id": 1,
        "before_id": 1,
        "filters": "ALL",
        "organization": organization["id"],
    }


def _promise(app: Flask) -> None:
    """By when the team is to answer and to resolve each case."""
    targets = [{"metric": one, "goal": 3600, "hours": Hours.CALENDAR, "priority": None} for one in Metric]
    with app.app_context(), transaction():
        create_policy({"title": "Gold", "description": "", "query": {}, "targets": targets}, by=None)


def _facts(values: Json) -> Json:
    names = (
        *("requester_id", "assigned_team_id", "assigned_agent_id", "priority_id", "type_id", "form_id"),
        *("field_values", "tags", "channel", "channel_id"),
    )
    return {name: values[name] for name in names}
