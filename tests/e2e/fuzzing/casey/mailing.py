"""Mails that came and mails that went, and the secrets in them."""

from sqlalchemy import select

from app.cases.links import Link, Purpose, secret_of
from app.extensions import db
from app.people.models import Identity, Person
from tests.e2e.fuzzing.casey.making import CUSTOMER, a_case, made
from tests.e2e.fuzzing.furnished import Ready
from tests.house import SUPPORT, House
from tests.letters import letter
from tests.work import work_until_quiet


def mails(house: House) -> Ready:
    """Mails of strangers, each held for somebody to admit, to reject, or to decide about again."""
    reference = house.call("GET", "/cases?limit=1").json["items"][0]["reference"]
    held = []
    for number in range(9):
        mail = letter(f"eve.{number}@stranger.test", f"Re: [Case {reference}]", "Let me in.", to=SUPPORT)
        held.append([made(house, "/inbound", mail.as_bytes(), **{"Content-Type": "message/rfc822"})["uuid"]])
    return {"/inbound/{uuid}/admit": held[:3], "/inbound/{uuid}/reject": held[3:6], "/inbound/{uuid}/replay": held[6:]}


def sent(house: House) -> Ready:
    """Mails that were sent, and some that were not."""
    cases = [one["uuid"] for one in house.call("GET", "/cases?limit=200").json["items"]]
    found = [one for uuid in cases for one in house.call("GET", f"/cases/{uuid}/deliveries").json["items"]]
    by = {status: [[one["uuid"]] for one in found if one["status"] == status][:5] for status in ("sent", "rejected")}
    webhooks = [one["uuid"] for one in house.call("GET", "/webhooks").json["items"]]
    told = {one: house.call("GET", f"/webhooks/{one}/deliveries").json["items"] for one in webhooks}
    return {
        "/deliveries/{uuid}/delivered": by["sent"],
        "/deliveries/{uuid}/retry": by["rejected"],
        "/webhooks/{uuid}/deliveries/{delivery}/redeliver": [[one, told[one][0]["uuid"]] for one in reversed(webhooks)],
    }


def codes(house: House) -> Ready:
    """Cases that wait to be confirmed, by their codes."""
    house.call("POST", "/config", {"caseConfirmation": True})
    for number in range(3):
        a_case(house, f"May I {number}?")
    house.call("DELETE", "/config/caseConfirmation")
    with house.inside() as app:
        work_until_quiet(app)
        return {"code": [[secret_of(one)] for one in links(Purpose.CONFIRM)]}


def links(purpose: Purpose) -> list[Link]:
    """The customer's links, the oldest case first."""
    query = select(Link).join(Link.person).join(Person.identities).where(Identity.value == CUSTOMER)
    return list(db.session.scalars(query.where(Link.purpose == purpose).order_by(Link.case_id)))
