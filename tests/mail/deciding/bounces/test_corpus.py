"""The reports of the large mail systems, through the whole intake: each settles its one mail, none opens a case."""

import pytest
from flask import Flask

from app.mail.models import OutboundEmail
from app.mail.tokens import anchor_id
from tests.api_client import Api
from tests.cast import BEN
from tests.conftest import Worker
from tests.mail.deciding.bounces.corpus import SAMPLES, Sample
from tests.mail.rows import cases, inbound, outbound_to
from tests.sandbox import Outside

SYSTEMS = ("postfix", "exim", "qmail", "sendmail", "gmail", "m365", "exchange", "yahoo", "ses")
STATUS = {"failed": "rejected", "delayed": "sent", "delivered": "delivered"}


def address_of(sample: Sample) -> str:
    return f"{sample.name}@customer.test"


def mailed(app: Flask, api: Api, sample: Sample) -> None:
    """A case in which three mails go to a customer of this report's own."""
    case = api.opened(address_of(sample))
    for text in ("Which table?", "Still there?"):
        api.post(f"/cases/{case['uuid']}/messages", {"from": BEN, "message": text})


def target(sample: Sample, mails: list[OutboundEmail]) -> OutboundEmail:
    """The mail the report is about: one in the middle, or the last where only its reader can be told."""
    return mails[2 if sample.found_by == "reader" else 1]


def report(app: Flask, sample: Sample) -> bytes:
    address = address_of(sample)
    mails = outbound_to(app, address)
    mail = target(sample, mails)
    with app.app_context():
        anchor = anchor_id(mail.case_id or 0, mail.person_id)
    return sample.written(id=mail.message_id, earlier=mails[0].message_id, anchor=anchor, address=address)


@pytest.mark.settings(CASEY_TEAM_INVITE_COUNT="1")
def test_reports_of_the_large_systems(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    assert len(SAMPLES) >= 40
    assert all(sum(one.name.startswith(system) for one in SAMPLES) >= 4 for system in SYSTEMS)
    for sample in SAMPLES:
        mailed(app, api, sample)
    work()
    for sample in SAMPLES:
        outside.send(report(app, sample))
    work()
    right = [one.name for one in SAMPLES if settled_alone(app, one)]
    classed = [one.name for one in SAMPLES if said_as_it_is(app, one)]
    opened = len(cases(app)) - len(SAMPLES)
    figures = (len(SAMPLES), len(right), len(classed), opened)
    print("reports {}, on the right mail {}, of the right class {}, cases opened {}".format(*figures))
    assert len(right) >= 0.95 * len(SAMPLES), {one.name for one in SAMPLES} - set(right)
    assert classed == right
    assert opened == 0
    assert {one.outcome for one in inbound(app)} == {"bounce"}


def settled_alone(app: Flask, sample: Sample) -> bool:
    """Whether the mail the report is about, and no other, has changed."""
    mails = outbound_to(app, address_of(sample))
    hit = target(sample, mails)
    untouched = all((one.status, one.rejection) == ("sent", None) for one in mails if one.id != hit.id)
    return untouched and (hit.status, hit.rejection or "") == (STATUS[sample.action], sample.kind)


def said_as_it_is(app: Flask, sample: Sample) -> bool:
    """Whether the report was understood as lasting (5), temporary (4) or good news (2)."""
    hit = target(sample, outbound_to(app, address_of(sample)))
    reasons = [one.reason for one in inbound(app) if one.case_id == hit.case_id]
    return reasons == [f"{sample.action} {sample.status}".strip()]
