"""Who may do what: every route, tried by everybody. A route that is not in the table fails the suite."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import create_app
from app.bulk.ordering import job_by_uuid
from app.cases.canned_answers import can_answer
from app.cases.filters import save_filter
from app.cases.models import Case
from app.cases.queries import case_by_uuid, first_post
from app.clock import now
from app.extensions import db
from app.files.storing import store
from app.mail.models import Delivery, MailPurpose, OutboundEmail, Outcome
from app.mail.tokens import new_message_id
from app.people.credentials import ApiKey, create_key, revoke_key
from app.people.models import Role
from app.transaction import transaction
from app.webhooks.endpoints import webhook_by_uuid
from app.webhooks.models import WebhookDelivery
from tests.api.routes import GUARDED, MAIL, MAILBOX, POLICY, PUBLIC, WEBHOOK, Guarded, Public
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast, assemble
from tests.conftest import Worker, environment
from tests.files.posts import a_file, posted
from tests.mail.incoming import decided, incoming
from tests.storage import contents

AUTOMATIC = {"HEAD", "OPTIONS"}
ROLES = (Role.COLLABORATOR, Role.AGENT, Role.ADMIN, Role.OWNER)

Keys = dict[str, str | None]
Fill = Callable[[str], str]


@dataclass(frozen=True)
class Furnished:
    """A house with a row of each kind in it: where it lies, who is there, and what stands for `{...}` in a call."""

    directory: Path
    cast: Cast
    keys: Keys
    words: dict[str, str]


@pytest.fixture(scope="module")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """Furnished once, and copied for each test."""
    directory = tmp_path_factory.mktemp("furnished")
    path = shutil.copy(sqlite_template, directory / "casey.db")
    app = create_app(environment(directory, f"sqlite:///{path}"))
    cast = assemble(app)
    made = Furnished(directory, cast, make_keys(app), furnish(app, Api(app.test_client(), cast.keys["olga"]), cast))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return made


@pytest.fixture
def database(furnished: Furnished, tmp_path: Path) -> str:
    shutil.copytree(furnished.directory, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path / 'casey.db'}"


@pytest.fixture
def cast(furnished: Furnished) -> Cast:
    return furnished.cast


@pytest.fixture
def keys(furnished: Furnished) -> Keys:
    return furnished.keys


@pytest.fixture
def fill(furnished: Furnished) -> Fill:
    return filling(furnished.words)


def filling(words: dict[str, str]) -> Fill:
    """Puts real rows into an address or a body."""

    def filled(text: str) -> str:
        for word, value in words.items():
            text = text.replace(f"{{{word}}}", value)
        return text

    return filled


def make_keys(app: Flask) -> Keys:
    """Somebody of each kind, and the key he comes with: dead ones of the highest role, live ones of each."""
    with app.app_context(), transaction():
        found: Keys = {"nobody": None, "whoever guesses": "ck_1_" + "x" * 43}
        revoked, found["a revoked key"] = create_key("revoked", Role.OWNER, person=None, by=None)
        revoke_key(revoked, by=None)
        expired, found["an expired key"] = create_key("expired", Role.OWNER, person=None, by=None)
        expired.expires_at = now() - timedelta(seconds=1)
        for role in ROLES:
            _, found[role] = create_key(role, role, person=None, by=None)
    return found


def mailed(app: Flask, case: str) -> list[str]:
    """A mail that was sent and one that was refused, as if the case had caused them."""
    with app.app_context(), transaction():
        about = case_by_uuid(UUID(case))
        return [
            mail_of(about, Delivery.SENT, MailPurpose.COPY),
            mail_of(about, Delivery.REJECTED, MailPurpose.INITIAL),
        ]


def mail_of(case: Case, status: Delivery, purpose: MailPurpose) -> str:
    mail = OutboundEmail(
        case_id=case.id,
        post_id=first_post(case).id,
        person_id=case.creator_id,
        purpose=purpose,
        address=UNA,
        message_id=new_message_id(case.id, case.creator_id),
        status=status,
    )
    db.session.add(mail)
    db.session.flush()
    return str(mail.uuid)


def held(app: Flask) -> str:
    """A mail that waits for somebody to decide."""
    with app.app_context(), transaction():
        mail = decided(incoming(BEN))
        assert mail.outcome is Outcome.HELD
        return str(mail.uuid)


def told_of(app: Flask, webhook: str) -> str:
    """An event that is to be delivered to a webhook."""
    with app.app_context(), transaction():
        about = webhook_by_uuid(UUID(webhook))
        delivery = WebhookDelivery(webhook_id=about.id, event_sequence=1)
        db.session.add(delivery)
        db.session.flush()
        return str(delivery.uuid)


def saved(app: Flask) -> str:
    """A filter of the keys that belong to nobody."""
    with app.app_context(), transaction():
        found = save_filter("New", {"status": "new"}, shared=False, by=None)
        db.session.flush()
        return str(found.uuid)


def canned(app: Flask) -> str:
    """A canned answer of the keys that belong to nobody."""
    with app.app_context(), transaction():
        found = can_answer("New", "Hello", shared=False, by=None)
        db.session.flush()
        return str(found.uuid)


def give_file(app: Flask, job: str) -> None:
    """Let a job have made a file."""
    with app.app_context(), transaction():
        found = job_by_uuid(UUID(job))
        found.file_id, found.file_name, found.file_type = store(b"made").id, "made.txt", "text/plain"


def furnish(app: Flask, api: Api, cast: Cast) -> dict[str, str]:
    """Make a row of each kind that a route speaks of."""
    api.post("/config", {"caseConfirmation": True, "mailEnable": False, "teamInviteCount": 5})
    code = api.opened(UNA)["confirmation"]["code"]
    api.post("/config", {"caseConfirmation": False})
    words = {
        "case": api.opened(UNA)["uuid"],
        "code": code,
        "una": cast.una.uuid,
        "ben": cast.ben.uuid,
        "guess": "x" * 43,
        "new": "new",
    }
    api.post("/fields", {"level": "case", "key": "order", "title": "Order", "type": "number"})
    words["trashed"] = api.opened(UNA)["uuid"]
    api.post(f"/cases/{words['trashed']}/trash")
    words["tomorrow"] = (now() + timedelta(days=1)).isoformat()
    api.post(f"/cases/{words['case']}/tags", {"tags": ["late"]})
    api.post("/statuses", {"label": "Paused", "base": "waiting"})
    api.post("/forms", {"title": "Returns"})
    api.post("/business-hours", {"title": "Office", "week": {}})
    words["hours"] = api.post("/business-hours", {"title": "Late", "week": {}}).json["uuid"]
    words["policy"] = api.post("/sla-policies", {**POLICY, "title": "Standard"}).json["uuid"]
    words["other"] = api.opened(UNA)["uuid"]
    api.post(f"/case/{words['case']}/links", {"case": words["other"], "kind": "blocks"})
    words["merged"] = api.opened(UNA)["uuid"]
    api.post(f"/cases/{words['merged']}/merge", {"into": words["other"]})
    for kind in ("message", "note"):
        answer = api.post(f"/case/{words['case']}/{kind}s", {"from": BEN, kind: "Hi"})
        words[kind] = answer.json["uuid"]
    later = {"from": BEN, "message": "Later", "send_at": (now() + timedelta(days=1)).isoformat()}
    words["waiting"] = api.post(f"/case/{words['case']}/messages", later).json["uuid"]
    words["file"], *_ = posted(app, words["case"], UNA, a_file())
    words["sent"], words["refused"] = mailed(app, words["case"])
    words["mail"] = api.post("/inbound", data=MAIL).json["uuid"]
    words["held"] = held(app)
    words["filter"] = saved(app)
    words["canned"] = canned(app)
    words["mailbox"] = api.post("/mailboxes", MAILBOX).json["uuid"]
    words["job"] = api.post("/bulk/cases", {"act": "close", "cases": [words["case"]]}).json["uuid"]
    give_file(app, words["job"])
    words["webhook"] = api.post("/webhooks", WEBHOOK).json["uuid"]
    words["told"] = told_of(app, words["webhook"])
    words["double"] = api.post("/persons", {"name": "Una", "email": "una@double.test"}).json["uuid"]
    further = api.post(f"/persons/{cast.una.uuid}/identities", {"value": "una@further.test"})
    words["address"] = further.json["identities"][1]["uuid"]
    words["ben"] = str(cast.ben.uuid)
    words["team"] = api.post("/teams", {"name": "Support"}).json["uuid"]
    words["other_team"] = api.post("/teams", {"name": "Other"}).json["uuid"]
    words["shop"] = api.post("/organizations", {"name": "Shop"}).json["uuid"]
    words["spare"] = api.post("/api-keys", {"role": "agent", "name": "spare"}).json["uuid"]
    return {word: str(value) for word, value in words.items()}


def call(app: Flask, route: Guarded, key: str | None, fill: Fill) -> TestResponse:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    data = route.raw if route.body is None else fill(json.dumps(route.body))
    return app.test_client().open(fill(route.path), method=route.method, headers=headers, data=data, buffered=True)


def test_every_route_is_in_the_table_with_what_it_needs(app: Flask) -> None:
    found = {
        f"{method} {rule.rule}": getattr(app.view_functions[rule.endpoint], "needs", None)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
        if not rule.endpoint.startswith(("deskie.", "kayako."))  # these have tables of their own
    }
    table = [one.name for one in [*GUARDED, *PUBLIC]]
    assert sorted(table) == sorted(found)
    assert {name for name, act in found.items() if act is not None} == {one.name for one in GUARDED}


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_who_may_use_a_route_of_the_api(app: Flask, keys: Keys, fill: Fill, route: Guarded) -> None:
    before = contents(app)
    for who, key in keys.items():
        role = Role(who) if who in list(ROLES) else None
        if role is None or role.rank < route.role.rank:
            answer = call(app, route, key, fill)
            assert answer.status_code == (403 if role else 401), (who, answer.text)
            assert contents(app) == before, who
    answer = call(app, route, keys[route.role], fill)
    assert answer.status_code in {200, 201, 202}, (route.role, answer.text)
    for role in ROLES[ROLES.index(route.role) :]:
        assert call(app, route, keys[role], fill).status_code not in {401, 403}, role


@pytest.mark.parametrize("route", PUBLIC, ids=lambda route: route.name)
def test_what_a_stranger_gets_from_a_public_route_is_what_a_key_gets(
    app: Flask, keys: Keys, fill: Fill, route: Public
) -> None:
    before = contents(app)
    for key in (None, keys[Role.OWNER]):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        answer = app.test_client().open(fill(route.path), method=route.method, headers=headers)
        assert answer.status_code == route.stranger, (route.needs, answer.text)
        assert UNA not in answer.text
        answer.close()
    assert contents(app) == before


def test_looking_changes_nothing(app: Flask, keys: Keys, fill: Fill, work: Worker) -> None:
    before = contents(app)
    read = {route.rule: route.path for route in GUARDED if route.method == "GET"}  # with all that must be asked
    for method in ("GET", "HEAD", "OPTIONS"):
        for route in GUARDED:
            headers = {"Authorization": f"Bearer {keys[Role.OWNER]}"}
            path = fill(read.get(route.rule, route.path))
            answer = app.test_client().open(path, method=method, headers=headers, buffered=True)
            assert answer.status_code in {200, 404, 405}, (method, route.name)
    assert contents(app) == before


@pytest.mark.parametrize("role", [Role.COLLABORATOR, Role.AGENT, Role.ADMIN])
def test_nobody_makes_a_key_or_a_person_above_himself(app: Flask, api: Api, keys: Keys, role: Role) -> None:
    mine = api.as_(keys[role])
    before = contents(app)
    for higher in ROLES[ROLES.index(role) + 1 :]:
        for path, body in (
            ("/api-keys", {"role": higher, "name": "ladder"}),
            ("/persons", {"role": higher, "name": "Ladder", "email": "ladder@team.test"}),
        ):
            answer = mine.post(path, body)
            assert (answer.status_code, answer.json["code"]) == (403, "forbidden"), (path, higher)
    assert contents(app) == before


def test_nobody_changes_or_promotes_a_person_above_himself(app: Flask, api: Api, keys: Keys, cast: Cast) -> None:
    admin = api.as_(keys[Role.ADMIN])
    before = contents(app)
    for uuid, change in (
        (cast.olga.uuid, {"name": "Deposed"}),
        (cast.olga.uuid, {"email": "eve@stranger.test"}),
        (cast.olga.uuid, {"role": "customer"}),
        (cast.una.uuid, {"role": "owner"}),
        (cast.una.uuid, {"name": "Renamed too", "role": "owner"}),
    ):
        assert admin.patch(f"/persons/{uuid}", change).status_code == 403, change
    assert contents(app) == before


def test_nobody_revokes_a_key_above_his_own(app: Flask, api: Api, keys: Keys) -> None:
    with app.app_context():
        uuid = db.session.scalar(db.select(ApiKey.uuid).where(ApiKey.name == Role.OWNER))
    assert api.as_(keys[Role.ADMIN]).delete(f"/api-keys/{uuid}").status_code == 403
    assert api.as_(keys[Role.OWNER]).get("/cases").status_code == 200
    assert api.delete(f"/api-keys/{uuid}").status_code == 200
    assert api.as_(keys[Role.OWNER]).get("/cases").status_code == 401
