"""Which mails a member of the team gets is his to say; nobody's mail is lost by that, and no other's."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.cases.invitations import decline_invitation, invited
from app.cases.models import Case, Post
from app.cases.opening import open_case
from app.cases.participation import join_case
from app.errors import Invalid
from app.extensions import db
from app.mail.models import MailPurpose, OutboundEmail
from app.overrides import change_settings
from app.people.models import MailTopic, Person, Role
from app.people.profile import describe_person
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.letters import letter
from tests.mail.outgoing import made, opened_case, posted, somebody
from tests.sandbox import Outside


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Iterator[None]:
    with app.app_context(), rehearsal():
        yield


def spared(address: str, *topics: MailTopic) -> Person:
    """Somebody who does not want these mails."""
    person = somebody(address)
    describe_person(person, {"unwanted_mails": [str(one) for one in topics]}, by=person)
    return person


def mailed(post: Post, purpose: MailPurpose = MailPurpose.MESSAGE) -> set[str]:
    """To whom a post is mailed."""
    query = select(OutboundEmail.address).where(OutboundEmail.post_id == post.id, OutboundEmail.purpose == purpose)
    return set(db.session.scalars(query))


@on_both
@pytest.mark.usefixtures("desk")
def test_at_first_everybody_gets_everything() -> None:
    case = opened_case()
    join_case(case, somebody(AMY))
    assert somebody(BEN).unwanted_mails == []
    assert mailed(posted(case, UNA, "Hi")) == {BEN, AMY, "max@customer.test"}
    assert mailed(posted(case, AMY, "Hi")) == {UNA, BEN, "max@customer.test"}


@on_both
@pytest.mark.usefixtures("desk")
def test_who_wants_nothing_of_what_customers_write_still_gets_what_colleagues_write() -> None:
    case = opened_case()
    join_case(case, somebody(AMY))
    spared(BEN, MailTopic.CUSTOMERS)
    assert mailed(posted(case, UNA, "Hi")) == {AMY, "max@customer.test"}
    assert mailed(posted(case, AMY, "Hi")) == {UNA, BEN, "max@customer.test"}


@pytest.mark.usefixtures("desk")
def test_who_wants_nothing_of_what_colleagues_write_still_gets_what_customers_write() -> None:
    case = opened_case()
    join_case(case, somebody(AMY))
    spared(BEN, MailTopic.COLLEAGUES)
    assert mailed(posted(case, AMY, "Hi")) == {UNA, "max@customer.test"}
    assert mailed(posted(case, UNA, "Hi")) == {BEN, AMY, "max@customer.test"}


@pytest.mark.usefixtures("desk")
def test_in_a_case_of_his_own_a_member_gets_every_answer() -> None:
    amy = spared(AMY, *MailTopic)
    case = open_case(amy, "My chair squeaks", "It does.", channel="api")
    assert mailed(posted(case, BEN, "Oil it.")) == {AMY}


@pytest.mark.usefixtures("desk")
def test_a_customer_is_written_to_whatever_stands_in_his_wishes() -> None:
    case = opened_case()
    somebody(UNA).unwanted_mails = [str(one) for one in MailTopic]
    assert UNA in mailed(posted(case, BEN, "Hi"))


@pytest.mark.usefixtures("desk")
def test_copies_go_to_those_who_want_them() -> None:
    change_settings({"caseSendCopy": True}, by=None, role=Role.OWNER)
    case = opened_case()
    assert mailed(posted(case, BEN, "Hi"), MailPurpose.COPY) == {BEN}
    spared(BEN, MailTopic.COPIES)
    assert mailed(posted(case, BEN, "Hi again"), MailPurpose.COPY) == set()
    assert mailed(posted(case, UNA, "Hi"), MailPurpose.COPY) == {UNA}


def asked(case: Case) -> set[str | None]:
    """Who was asked to take a case up."""
    return {one.person.email for one in invited(case)}


@on_both
@pytest.mark.usefixtures("desk")
def test_who_wants_no_invitations_is_not_asked_as_long_as_others_are() -> None:
    spared(BEN, MailTopic.INVITATIONS)
    case = open_case(somebody(UNA), "It burns", "Help", channel="api")
    assert asked(case) == {AMY, OLGA}
    for address in (AMY, OLGA):
        decline_invitation(case, somebody(address))
    assert asked(case) == {AMY, OLGA}


@on_both
@pytest.mark.usefixtures("desk")
def test_where_nobody_wants_invitations_somebody_is_asked_all_the_same() -> None:
    for address in (AMY, BEN, OLGA):
        spared(address, MailTopic.INVITATIONS)
    case = open_case(somebody(UNA), "It burns", "Help", channel="api")
    assert asked(case) == {AMY, BEN, OLGA}
    opening = db.session.scalars(select(Post).where(Post.case_id == case.id)).one()
    assert mailed(opening, MailPurpose.INVITATION) == {AMY, BEN, OLGA}


@pytest.mark.usefixtures("desk")
def test_who_was_asked_and_wants_it_no_more_hears_no_more_of_a_case_that_nobody_took_up() -> None:
    case = open_case(somebody(UNA), "It burns", "Help", channel="api")
    assert BEN in asked(case)
    spared(BEN, MailTopic.INVITATIONS)
    assert mailed(posted(case, UNA, "Still")) == {AMY, OLGA}


def held_mail(api: Api, work: Worker, outside: Outside) -> Outside:
    """A mail of a stranger on a case that ben and amy are in."""
    case = api.opened(UNA)
    for address in (BEN, AMY):
        api.post(f"/cases/{case['uuid']}/messages", {"from": address, "message": f"Hi from {address}"})
    work()
    about = letter("eve@stranger.test", "Let me in", "Hi", in_reply_to=outside.inbox(UNA)[-1]["Message-ID"])
    outside.send(about)
    work()
    return outside


@on_both
@pytest.mark.parametrize(("spared_too", "told"), [((), {AMY}), ((AMY,), {AMY, BEN})], ids=["one", "all"])
def test_of_held_mail_those_are_told_who_want_it_and_else_all(
    api: Api, cast: Cast, work: Worker, outside: Outside, spared_too: tuple[str, ...], told: set[str]
) -> None:
    persons = {BEN: cast.ben.uuid, AMY: cast.amy.uuid}
    for address in (BEN, *spared_too):
        assert api.patch(f"/persons/{persons[address]}", {"unwanted_mails": ["held"]}).status_code == 200
    held_mail(api, work, outside)
    assert {one for one in persons if any("A mail is held" in m["Subject"] for m in outside.inbox(one))} == told


@on_both
@pytest.mark.usefixtures("desk")
def test_the_alias_is_what_customers_see_of_a_member() -> None:
    ben = somebody(BEN)
    describe_person(ben, {"alias": "  Herr  Foo "}, by=ben)
    assert ben.alias == "Herr Foo"
    case = open_case(somebody(UNA), "It burns", "Help", channel="api")
    mail = made(posted(case, BEN, "Here I am."), UNA)
    assert mail["From"] == '"Herr Foo (Support)" <support@casey.test>'
    assert "Herr Foo (Support) wrote:" in mail.get_content()


@pytest.mark.usefixtures("desk")
def test_in_a_case_that_he_is_in_a_member_keeps_his_name() -> None:
    case = opened_case()
    describe_person(somebody(BEN), {"alias": "Benny"}, by=None)
    assert made(posted(case, BEN, "Hi"), UNA)["From"] == '"Ben (Support)" <support@casey.test>'


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("alias", ["Amy", "amy bar "])
def test_nobody_takes_the_name_of_another_of_the_team(alias: str) -> None:
    describe_person(somebody(AMY), {"alias": "Amy"}, by=None)
    somebody(AMY).name = "Amy Bar"
    with pytest.raises(Invalid) as error:
        describe_person(somebody(BEN), {"alias": alias}, by=None)
    assert error.value.fields.keys() == {"alias"}


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("alias", ["ben@team.test", "Ben\nBcc: eve@stranger.test", "Ben\x00"])
def test_an_alias_is_a_name(alias: str) -> None:
    with pytest.raises(Invalid) as error:
        describe_person(somebody(BEN), {"alias": alias}, by=None)
    assert error.value.fields.keys() == {"alias"}
