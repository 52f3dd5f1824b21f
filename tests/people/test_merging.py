"""Two persons who are one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases import handing_over
from app.cases.assignment import assign_case
from app.cases.leaving import remove_participant
from app.cases.links import Purpose, check_alive, link_for
from app.cases.models import Case
from app.cases.opening import open_case
from app.cases.participation import add_participant
from app.cases.posting import post_message
from app.cases.reading import messages_of
from app.errors import Conflict, Gone
from app.extensions import db
from app.mail.models import Delivery, OutboundEmail, Outcome
from app.mail.tokens import new_message_id
from app.people import merging
from app.people.credentials import create_key
from app.people.identities import add_identity
from app.people.merging import ids_of, merge_persons, present_id
from app.people.models import IdentityKind, Person, Role
from app.people.persons import block_person, change_role, create_person, find_person, person_by_uuid
from app.people.profile import describe_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.mail.incoming import decided, incoming
from tests.queries import queries
from tests.sandbox import Outside

HOME = "una@home.test"


def person(address: str) -> Person:
    found = find_person(address)
    assert found is not None
    return found


def at_home() -> Person:
    return create_person("Una at home", HOME, by=None)


def opened(by: Person) -> Case:
    return open_case(by, "I found a bug", "Over there!", channel="api")


def merge(who: Person, into: Person) -> None:
    with transaction():
        merge_persons(who, into, by=None)


@on_both
def test_everything_of_one_person_is_the_others(context: Flask, cast: Cast) -> None:
    with transaction():
        home = at_home()
        case = opened(home)
        number, uuid = home.id, home.uuid
    merge(person(HOME), person(UNA))
    una = person(UNA)
    assert (case.creator, case.requester, case.posts[0].author) == (una, una, una)
    assert [one.person for one in case.participants if not one.person.team] == [una]
    assert [(one.value, one.primary) for one in una.identities] == [(UNA, True), (HOME, False)]
    assert find_person(HOME) is una
    assert person_by_uuid(uuid) is una
    assert (una.name, present_id(number), ids_of(una)) == ("Una Customer", una.id, {una.id, number})


@on_both
def test_whoever_went_up_in_one_who_goes_up_himself_answers_as_the_last(context: Flask, cast: Cast) -> None:
    with transaction():
        first, second = at_home(), create_person("Una at work", "una@work.test", by=None)
        uuid = first.uuid
    merge(person(HOME), person("una@work.test"))
    merge(person("una@work.test"), person(UNA))
    assert person_by_uuid(uuid) is person(UNA)
    assert {first.id, second.id} < ids_of(person(UNA))


def test_in_a_case_of_both_the_survivors_own_place_counts(context: Flask, cast: Cast) -> None:
    with transaction():
        case = opened(at_home())
        add_participant(case, person(UNA), by=None)
        remove_participant(case, person(UNA), by=None)
        link = link_for(case, person(HOME), Purpose.CASE)
        check_alive(link)
    merge(person(HOME), person(UNA))
    [una] = [one for one in case.participants if not one.person.team]
    assert una.person is person(UNA)
    assert una.removed_at
    with pytest.raises(Gone):
        check_alive(link)


def test_links_of_the_one_open_the_cases_of_the_other(context: Flask, cast: Cast) -> None:
    with transaction():
        link = link_for(opened(at_home()), person(HOME), Purpose.CASE)
    merge(person(HOME), person(UNA))
    check_alive(link)
    assert link.person is person(UNA)


def test_a_member_of_the_team_answers_for_the_cases_of_his_double(context: Flask, cast: Cast) -> None:
    with transaction():
        case = opened(person(UNA))
        assign_case(case, person(AMY), by=None)
    merge(person(AMY), person(BEN))
    assert case.assignee is person(BEN)
    assert case.participants[-1].person is person(BEN)


@pytest.mark.parametrize(("who", "into"), [(UNA, BEN), (BEN, UNA), (UNA, UNA)])
def test_a_customer_never_goes_up_in_the_team_nor_anybody_in_himself(
    context: Flask, cast: Cast, who: str, into: str
) -> None:
    with pytest.raises(Conflict):
        merge(person(who), person(into))
    assert person(who).deleted_at is None


@pytest.mark.parametrize("blocked", [UNA, HOME])
def test_who_is_blocked_is_not_merged(context: Flask, cast: Cast, blocked: str) -> None:
    with transaction():
        at_home()
        block_person(person(blocked), by=None)
    with pytest.raises(Conflict, match="disabled, blocked or gone"):
        merge(person(HOME), person(UNA))


def test_no_key_gains_power_by_a_merge(context: Flask, cast: Cast) -> None:
    with transaction():
        change_role(person(BEN), Role.ADMIN, by=None)
        key, _ = create_key("grand", Role.ADMIN, person=person(BEN), by=None)
        change_role(person(BEN), Role.AGENT, by=None)
    merge(person(BEN), person(OLGA))
    assert (key.person, key.power) == (person(OLGA), Role.AGENT)


def test_an_external_id_goes_along_where_there_is_none(context: Flask, cast: Cast) -> None:
    with transaction():
        describe_person(at_home(), {"external_id": "c-1"}, by=None)
    merge(person(HOME), person(UNA))
    assert person(UNA).external_id == "c-1"


@on_both
def test_mail_that_waits_goes_to_the_survivor_and_once_only(context: Flask, cast: Cast) -> None:
    with transaction():
        both, alone = opened(at_home()), opened(person(HOME))
        add_participant(both, person(UNA), by=None)
        for case in (both, alone):
            post_message(case, "Have you tried again?", by=person(BEN), channel="api")
    merge(person(HOME), person(UNA))
    waiting = db.session.scalars(select(OutboundEmail).where(OutboundEmail.status == Delivery.QUEUED)).all()
    for case in (both, alone):
        [mail] = [one for one in waiting if one.post_id == messages_of(case, latest=1)[0].id]
        assert (mail.person, mail.address) == (person(UNA), UNA)


def test_the_mail_to_the_survivor_is_held_for_no_id_of_his_double(
    context: Flask, cast: Cast, work: Worker, outside: Outside
) -> None:
    with transaction():
        case = opened(at_home())
    work()
    with transaction():
        post_message(case, "Have you tried again?", by=person(BEN), channel="api")
    merge(person(HOME), person(UNA))
    with transaction():
        post_message(case, "And again?", by=person(BEN), channel="api")
    work()
    assert len(outside.inbox(UNA)) == 2
    assert not db.session.scalars(select(OutboundEmail).where(OutboundEmail.status == Delivery.HELD)).all()


def test_merging_asks_the_same_of_the_database_however_much_there_is(context: Flask, cast: Cast) -> None:
    found = []
    for number, cases in enumerate((1, 8)):
        with transaction():
            double = create_person("Una", f"una@{number}.test", by=None)
            add_identity(double, IdentityKind.PHONE, f"+49 30 {number}234", by=None)
            for _ in range(cases):
                opened(double)
        with transaction(), queries(context) as statements:
            merge_persons(person(f"una@{number}.test"), person(UNA), by=None)
        found.append(len(statements))
    assert found[0] == found[1]


# The log says who it was at the time.
SIGNED_IN = {"sign_ins.person_id", "team_sessions.person_id"}  # which opens nothing any more
STAYS = {"events.actor_id", "bulk_jobs.person_id", "trash_emptyings.person_id", *SIGNED_IN}
OF_MAIL = {"inbound_emails.person_id", "outbound_emails.person_id"}


def test_whatever_names_a_person_is_handed_over_or_stays_on_purpose() -> None:
    once = [merging.ONCE_IN_A_TEAM, *merging.ONCE_LINKED, *handing_over.ONCE_IN_A_CASE]
    moved = [*merging.MOVED, *handing_over.MOVED, *(column for column, _ in once)]
    known = {f"{one.class_.__tablename__}.{one.key}" for one in moved} | OF_MAIL | STAYS
    persons = Person.__table__
    naming = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is persons for key in column.foreign_keys)
    }
    assert naming == known


@on_both
def test_two_who_are_merged_into_each_other_at_once_leave_one(app: Flask, api: Api, cast: Cast) -> None:
    double = api.post("/persons", {"name": "Una", "email": HOME}).json["uuid"]
    gate = Barrier(2)

    def go(who: str, into: str) -> int:
        client = Api(app.test_client(), api.key)
        gate.wait()
        return client.post(f"/persons/{who}/merge", {"into": into}).status_code

    una = str(cast.una.uuid)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(go, (double, una), (una, double)))
    assert sorted(found) == [200, 409]
    assert len(api.get("/persons?team=false").json["items"]) == 1


@on_both
def test_an_answer_to_a_mail_to_the_one_is_the_survivors(context: Flask, cast: Cast) -> None:
    with transaction():
        case = opened(at_home())
        answered = (new_message_id(case.id, person(HOME).id),)
    merge(person(HOME), person(UNA))
    with transaction():
        for sender in (UNA, HOME):
            mail = decided(incoming(sender, in_reply_to=answered))
            assert mail.outcome is Outcome.POSTED
            assert mail.post is not None
            assert mail.post.author is person(UNA)
            assert mail.post.verified
