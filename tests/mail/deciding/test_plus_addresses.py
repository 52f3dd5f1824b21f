"""Where the mail server delivers plus addresses, Reply-To and the envelope carry tokens too."""

import pytest
from flask import Flask

from app.cases.leaving import remove_participant
from app.cases.models import Case
from app.cases.opening import open_case
from app.extensions import db
from app.mail.tokens import Token, bounce_address, read_bounce_address, read_reply_address, reply_address
from app.people.persons import find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import BEN, UNA, Cast
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.incoming import decided, incoming
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

turned_on = pytest.mark.settings(CASEY_MAIL_PLUS_ADDRESSING="true")
ADDRESSED = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Forwarded-To"]


@turned_on
def test_a_reply_address_says_case_and_person_and_fits(context: Flask) -> None:
    for case, person in ((1, 2), (10**9, 10**9)):
        address = reply_address(case, person)
        assert address.startswith("support+c.")
        assert len(address.rpartition("@")[0]) <= 64
        assert read_reply_address(address) == read_reply_address(address.upper()) == Token(case, person)


@turned_on
def test_a_bounce_address_says_which_mail(context: Flask) -> None:
    for id in (1, 10**9):
        address = bounce_address(id)
        assert address.startswith("support+b.")
        assert len(address.rpartition("@")[0]) <= 64
        assert read_bounce_address(address) == read_bounce_address(address.upper()) == id


@turned_on
@pytest.mark.parametrize("make", [lambda: reply_address(1, 2), lambda: bounce_address(1)])
def test_an_altered_address_says_nothing(context: Flask, make: object) -> None:
    address = make()  # type: ignore[operator]
    for old, new in ((".1.", ".2."), ("@casey", "@other"), ("support", "help"), ("+c.", "+b."), ("+b.", "+c.")):
        altered = address.replace(old, new)
        if altered != address:
            assert (read_reply_address(altered), read_bounce_address(altered)) == (None, None), altered
    for text in ("", "support@casey.test", "support+@casey.test", "support+c.1.2.0.@casey.test", "@", "+", "é@x"):
        assert (read_reply_address(text), read_bounce_address(text)) == (None, None)


@pytest.mark.settings(
    CASEY_MAIL_ADDRESS="a.rather.long.name.of.a.support.desk.of.ours@casey.test", CASEY_MAIL_PLUS_ADDRESSING="true"
)
def test_an_address_that_would_be_too_long_stays_without(context: Flask) -> None:
    assert reply_address(1, 2) == bounce_address(1) == "a.rather.long.name.of.a.support.desk.of.ours@casey.test"


@pytest.mark.settings(CASEY_MAIL_PLUS_ADDRESSING="false")
def test_where_they_are_off_plus_addresses_say_nothing(app: Flask, api: Api, work: Worker, outside: Outside) -> None:
    api.opened(UNA)
    work()
    with app.app_context():
        address, bounce = reply_address(1, 2), bounce_address(1)
        assert (read_reply_address(address), read_bounce_address(bounce)) == (None, None)
    outside.send(letter(BEN, "Re: it", "Under the table.", to=address))
    work()
    assert (inbound(app)[-1].outcome, inbound(app)[-1].case_id) == ("held", None)


@turned_on
@pytest.mark.parametrize("header", ADDRESSED)
def test_a_mail_to_the_reply_address_finds_the_case_and_proves_the_writer(
    app: Flask, api: Api, cast: Cast, work: Worker, outside: Outside, header: str
) -> None:
    case = api.opened(UNA)
    with app.app_context():
        address = reply_address(1, cast.ben.id)
    outside.send(letter(BEN, "An answer", "Under the table.", **{header: address}))
    work()
    found = api.get(f"/cases/{case['uuid']}").json["messages"][-1]
    assert (found["from"]["email"], found["verified"]) == (BEN, True)
    assert [one["detail"] for one in inbound(app)[-1].decisions if one["rule"] == "threading"] == ["address"]


@turned_on
def test_an_address_counts_more_than_headers_and_subject_and_the_conflict_is_written_down(
    context: Flask, cast: Cast
) -> None:
    with transaction():
        una = find_person(UNA)
        assert una is not None
        first, second = (open_case(una, subject, "Hi", channel="api") for subject in ("First", "Second"))
        mail = incoming(UNA, f"Re: {second.reference}", recipients=(reply_address(first.id, una.id),))
        row = decided(mail)
        assert row.case_id == first.id
        [conflict] = [one["detail"] for one in row.decisions if one["rule"] == "threading_conflict"]
        assert conflict == f"another case by subject: {second.reference}"


@turned_on
def test_the_address_of_somebody_who_was_removed_is_dead(context: Flask, cast: Cast) -> None:
    with transaction():
        una = find_person(UNA)
        assert una is not None
        case = open_case(una, "First", "Hi", channel="api")
        remove_participant(case, una, by=None)
        row = decided(incoming(UNA, recipients=(reply_address(case.id, una.id),)))
        assert (row.outcome, row.reason, row.case_id) == ("held", "not_a_participant", case.id)


@turned_on
def test_an_address_follows_a_case_that_was_merged(app: Flask, api: Api, cast: Cast, context: Flask) -> None:
    for subject in ("First", "Second"):
        api.opened(UNA, subject=subject)
    with transaction():
        db.session.get_one(Case, 1).merged_into_id = 2
        row = decided(incoming(UNA, recipients=(reply_address(1, cast.una.id),)))
        assert (row.outcome, row.case_id) == ("posted", 2)
    assert len(cases(app)) == 2
