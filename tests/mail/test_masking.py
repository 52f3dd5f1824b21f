"""No address of the team, nor of others in the case, reaches a customer; what is not an address of theirs stays."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.links import Purpose, case_address, link_for
from app.cases.models import Case
from app.cases.opening import open_case
from app.cases.participation import join_case
from app.extensions import db
from app.mail.models import Delivery
from app.mail.sending.leaks import leaks
from app.mail.sending.masking import Mask, mask
from app.mail.tokens import new_message_id
from app.people.models import Person
from app.people.persons import create_person, find_person
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.leaks import leaked
from tests.letters import SUPPORT
from tests.mail.rows import outbound_to
from tests.sandbox import Outside

MAX = "max@customer.test"


@pytest.fixture
def case(context: Flask, cast: Cast) -> Iterator[Case]:
    """A case of una's in which max is too."""
    with rehearsal():
        una = find_person(UNA)
        assert una is not None
        opened = open_case(una, "I found a bug", "It is over there!", channel="api")
        join_case(opened, create_person("Max", MAX, by=None))
        create_person("Anna Ben", "anna.ben@team.test", by=None)
        db.session.flush()
        yield opened


def person(address: str) -> Person:
    found = find_person(address)
    assert found is not None
    return found


def seen_by_una(text: str, case: Case) -> str:
    return mask(text, reader=person(UNA), case=case)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ask ben@team.test.", "Ask §."),
        ("Ask <ben@team.test>, or [amy@team.test]", "Ask <§>, or [§]"),
        ("mailto:ben@team.test?subject=x", "mailto:§?subject=x"),
        ("https://crm.test/?to=ben@team.test&cc=amy@team.test", "https://crm.test/?to=§&cc=§"),
        ("https://crm.test/ben@team.test/x", "https://crm.test/§/x"),
        ("https://crm.test/?to=ben%40team.test", "https://crm.test/?to=§"),
        ("BEN@TEAM.TEST, Ben@Team.test", "§, §"),
        ("ben@team.test... or what?", "§... or what?"),
        ("...ben@team.test", "...§"),
        ("'ben@team.test' \"amy@team.test\"", "'§' \"§\""),
        ("*ben@team.test* _amy@team.test_ -olga@team.test-", "*§* _§_ -§-"),
        ("ben@team.test;amy@team.test,olga@team.test|ben@team.test", "§;§,§|§"),
        ("ben@team.testから", "§から"),
        ("ben%2540team%2Etest, %3Cben@team.test%3E", "§, %3C§%3E"),
        ("ben&#64;team.test, ben&#x40;team&#46;test, ben&commat;team.test", "§, §, §"),
        ("be\u00adn@te\u200bam.test, ben\uff20team\uff0etest, \uff42en@team.test", "§, §, §"),
        ("ben@te=\nam.test, ben@\r\nteam.test, ben \n@team.test", "§, §, §"),
        ("> > ask ben@team.\n> > test now", "> > ask § now"),
        ("ben@team.test\namy@team.test\nolga@team.test", "§\n§\n§"),
        ("ben=40team.test, =3Cben=40team=2Etest=3E", "§, =3C§=3E"),
        ('"ben"@team.test', '"§'),
        ("On Monday, Ben Foo <ben@team.test> wrote:", "On Monday, Ben (Support) <§> wrote:"),
        ("Max is max@customer.test", "Max is §"),
    ],
)
def test_every_way_to_write_a_foreign_address_is_masked(case: Case, written: str, read: str) -> None:
    assert seen_by_una(written, case) == read.replace("§", SUPPORT)


@pytest.mark.parametrize(
    "text",
    [
        "ruben@team.test", "reben@team.test", "ben@team.test.example", "ben@team.tests", "ben@sub.team.test",
        "anna.ben@team.test", "ben-amy@team.test", "ben+tag@team.test", "ben at team.test", "@team.test", "ben@",
        f"{UNA} is me", UNA.upper(), "eve@stranger.test", SUPPORT, "support+x@casey.test", "100 % @ noon",
    ],
)  # fmt: skip
def test_only_whole_addresses_of_others_are_masked(case: Case, text: str) -> None:
    assert seen_by_una(text, case) == text


def test_the_readers_own_address_stays_even_when_it_ends_like_a_team_members(case: Case) -> None:
    neil = create_person("Neil", "o'ben@team.test", by=None)
    db.session.flush()
    assert mask("o'ben@team.test", reader=neil, case=case) == "o'ben@team.test"
    assert leaks(b"To: o'ben@team.test\n\nHi", reader=neil, case=case) == set()
    assert seen_by_una("'ben@team.test'", case) == f"'{SUPPORT}'"


def test_the_other_customer_sees_no_address_of_una(case: Case) -> None:
    assert mask(f"Una is {UNA}, I am {MAX}", reader=person(MAX), case=case) == f"Una is {SUPPORT}, I am {MAX}"


def test_a_customer_of_another_case_is_nobody_here(case: Case) -> None:
    create_person("Eve", EVE, by=None)
    db.session.flush()
    assert seen_by_una(f"Eve is {EVE}", case) == f"Eve is {EVE}"


def test_who_has_left_the_case_stays_hidden(case: Case) -> None:
    case.participants[-1].removed_at = case.created_at
    assert seen_by_una(f"Max is {MAX}", case) == f"Max is {SUPPORT}"


def test_the_team_sees_everything(case: Case) -> None:
    text = f"{BEN} {AMY} {UNA} {MAX}"
    assert mask(text, reader=person(OLGA), case=case) == text


def test_a_megabyte_without_a_blank_is_masked_in_moments(case: Case) -> None:
    text = "a.b=" * 250_000
    assert seen_by_una(text + BEN, case) == text + SUPPORT


@on_both
def test_more_addresses_than_a_database_takes_at_once_are_masked(case: Case) -> None:
    many = " ".join(f"x{number}@far.test" for number in range(70_000))
    assert seen_by_una(f"{many} {BEN}", case) == f"{many} {SUPPORT}"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("On Monday, 3 March, Ben Foo <ben@team.test> wrote:", "On Monday, 3 March, Ben (Support) <§> wrote:"),
        ("Am 3.3. schrieb Ben Foo <mailto:ben@team.test>:", "Am 3.3. schrieb Ben (Support) <mailto:§>:"),
        ("> On Monday, Ben\n> Foo <ben@team.test> wrote:", "> On Monday, Ben (Support) <§> wrote:"),
        ("Le lundi, \"Foo, Ben\" <ben@team.test> a écrit :", "Le lundi, \"Ben (Support)\" <§> a écrit :"),
        ("From: Ben Foo [mailto:ben@team.test]", "From: Ben (Support) [mailto:§]"),
        ("Von: Benny F. <ben@team.test>\nAn: <una@customer.test>", "Von: Ben (Support) <§>\nAn: <una@customer.test>"),
        ("> To: Una <una@customer.test>; Big Ben <ben@team.test>", "> To: Una <una@customer.test>; Ben (Support) <§>"),
        ("*От:* Бен <ben@team.test>", "*От:* Ben (Support) <§>"),
        ("From: ben@team.test <ben@team.test>", "From: § <§>"),
        ("From: Max Other <max@customer.test>", "From: Maxi <§>"),
        ("I asked our friend Ben <ben@team.test>", "I asked our friend Ben <§>"),
        ("I met Ben Foo. ben@team.test", "I met Ben Foo. §"),
        ("Ben Foo says hello", "Ben Foo says hello"),
    ],
)  # fmt: skip
def test_the_name_before_a_masked_address_becomes_the_alias(case: Case, written: str, read: str) -> None:
    find_person(MAX).name = "Max Other"  # type: ignore[union-attr]
    case.participants[-1].alias = "Maxi"
    assert seen_by_una(written, case) == read.replace("§", SUPPORT)


@pytest.mark.settings(CASEY_MAIL_TEAM_ALIAS="%firstname% <%name%@team.test>")
def test_an_alias_that_looks_like_an_address_is_put_nowhere(case: Case) -> None:
    assert seen_by_una("Ben Foo <ben@team.test>", case) == f"Ben Foo <{SUPPORT}>"


@pytest.mark.settings(CASEY_MAIL_PUBLIC_ADDRESSES="Amy@team.test, info@team.test")
def test_an_address_that_the_operator_made_public_stays(case: Case) -> None:
    text = "amy@team.test or AMY%40team.test"
    assert seen_by_una(f"{text}, ben@team.test", case) == f"{text}, {SUPPORT}"


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("ben@team.test.tar.gz", "§.tar.gz"),
        ("of ben@team.test (2).pdf", "of § (2).pdf"),
        ("ruben@team.test.pdf", "ruben@team.test.pdf"),
        ("una@customer.test.pdf", "una@customer.test.pdf"),
    ],
)
def test_the_name_of_a_file_is_masked_whatever_its_ending(case: Case, name: str, read: str) -> None:
    assert Mask(person(UNA), case).file_name(name) == read.replace("§", SUPPORT)


def test_what_was_made_for_one_person_is_taken_out_of_what_another_reads(case: Case) -> None:
    una = person(UNA)
    link = case_address(link_for(case, person(OLGA), Purpose.CASE))
    secret = link.rpartition("/")[2]
    quoted = (
        f"<support+c.1.2.0.{'a' * 20}@casey.test> {new_message_id(case.id, person(OLGA).id)}\n> {link}\n> {quote(link)}"
    )
    for reader in (una, person(BEN)):
        shown = mask(quoted, reader=reader, case=case)
        assert shown.startswith(f"<{SUPPORT}> <{SUPPORT}>\n")
        assert secret not in shown
        assert shown.count("/c/...") == 2
    assert mask(new_message_id(case.id, una.id), reader=una, case=case).startswith("<c.")


def test_a_link_that_is_broken_over_two_lines_opens_nothing_either(case: Case) -> None:
    link = case_address(link_for(case, person(OLGA), Purpose.CASE))
    for at in (link.index("/c/") + 3, len(link) - 20):
        assert link[-10:] not in seen_by_una(f"> {link[:at]}\n> {link[at:]}\n> Bye", case)


NOISE = st.text(st.characters(exclude_categories=["Cs", "L", "N"], exclude_characters="@._+-%"), max_size=6)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="@"), max_size=12)
HIDDEN = st.sampled_from([BEN, AMY, OLGA, MAX, BEN.upper(), "Amy@Team.Test"])
IN_THIS_CASE = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@IN_THIS_CASE
@given(st.lists(st.tuples(WORDS, NOISE, HIDDEN, NOISE), min_size=1, max_size=5))
def test_no_foreign_address_is_left_whatever_stands_around_it(
    case: Case, pieces: list[tuple[str, str, str, str]]
) -> None:
    text = "".join(f"{word} {before}{address}{after} " for word, before, address, after in pieces)
    shown = seen_by_una(text, case)
    plain = f"From: x\nContent-Type: text/plain; charset=utf-8\n\n{shown}".encode()
    assert leaked(plain, UNA, [BEN, AMY, OLGA, MAX]) == []
    assert leaks(plain, reader=person(UNA), case=case) == set()


@IN_THIS_CASE
@given(st.lists(st.one_of(WORDS, NOISE, st.sampled_from([UNA, SUPPORT, EVE, "x@y", "ruben@team.test", "@", " "]))))
def test_a_text_without_foreign_addresses_is_not_touched(case: Case, pieces: list[str]) -> None:
    text = " ".join(pieces)
    assert seen_by_una(text, case) == text


def test_a_mail_that_masking_missed_is_held_and_says_so(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.opened(UNA)
    work()
    monkeypatch.setattr(Mask, "edits", lambda *_, **__: [])
    outside.reply(outside.inbox(AMY)[0], "Ben will call.")
    outside.reply(outside.inbox(BEN)[0], "Call me: ben@team.test, or amy@team.test.")
    work()
    sent, held = outbound_to(app, UNA)[1:]
    assert (held.status, held.sent_at) == (Delivery.HELD, None)
    assert held.answer == "Held: it would have shown 2 address(es) that its reader must not see."
    assert sent.status is Delivery.SENT
    assert [mail.get_content().count("Call me") for mail in outside.inbox(UNA)] == [0, 0]
    assert "Call me: ben@team.test" in outside.inbox(AMY)[-1].get_content()


def test_a_leak_in_a_header_holds_the_mail_too(
    app: Flask, api: Api, work: Worker, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mask, "edits", lambda *_, **__: [])
    api.opened(UNA, subject="Where is ben@team.test?")
    work()
    assert [one.status for one in outbound_to(app, UNA)] == [Delivery.HELD]
    assert outside.inbox(UNA) == []
