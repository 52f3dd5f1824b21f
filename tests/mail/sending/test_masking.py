"""No address of the team, nor of others in the case, reaches a customer; what is not an address of theirs stays."""

import hashlib
import tracemalloc
import unicodedata
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cases.links import Purpose, case_address, link_for, secret_of
from app.cases.models import Case
from app.cases.opening import confirmation_url, open_case
from app.cases.participation import join_case
from app.cases.posting import post_message
from app.config import deployed
from app.extensions import db
from app.mail.conversation import conversation
from app.mail.models import Delivery
from app.mail.sending.checking.leaks import leaks
from app.mail.sending.masking.editing import Edit
from app.mail.sending.masking.known import Known
from app.mail.sending.masking.mask import Mask, mask
from app.mail.tokens import new_message_id
from app.people.models import Person, Role
from app.people.persons import create_person, find_person
from app.transaction import rehearsal
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.conftest import Worker, on_both
from tests.leaks import decoded, leaked
from tests.letters import SUPPORT
from tests.mail.quote_shapes import links_within
from tests.mail.rows import outbound_to
from tests.queries import queries
from tests.sandbox import Outside

MAX = "max@customer.test"
BACKSLASHES = "\\" * 50


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
        ("ben&#64team.test, ben&#x00000040;team.test, ben&#37;40team.test, ben%26%2364%3Bteam.test", "§, §, §, §"),
        ("be&#173;n@team.test, be&shy;n@team.test, ben&#65312;team.test, &lt;ben@team.test&gt;", "§, §, §, &lt;§&gt;"),
        ("be%C2%ADn@team.test, ben%E2%80%8B%40team.test, ben%EF%BC%A0team.test", "§, §, §"),
        (r"ben\u002540team.test, ben%5Cu0040team.test, ben=2540team.test", "§, §, §"),
        (rf"ben{BACKSLASHES}u0040team.test", "§"),
        ("ben=40team=2etest, to=ben=40team.test, ben%2525252540team.test", "§, to=§, §"),
        ("be\u3164n@te\U000e0100am.te\U000e0061st, \u1d47en@team.test, \U0001d41bEN@team.test", "§, §, §"),
        ("ask ben@\n\nteam.test or ben@\n" + "> " * 50 + "team.test, ben@\n\u00a0team.test", "ask § or §, §"),
        ("ben@te\ram.test, ben@\u2028team.test, ben@\vteam.test", "§, §, §"),
        ("> > ask ben@team.\n> > test now", "> > ask § now"),
        ("ben@team.test\namy@team.test\nolga@team.test", "§\n§\n§"),
        ("ben=40team.test, =3Cben=40team=2Etest=3E", "§, =3C§=3E"),
        ('"ben"@team.test', '"§'),
        (r"\u003cben@team.test\u003e, ben\u0040team.test", r"\u003c§\u003e, §"),
        (r'{"body":"Hello\nben@team.test\tor\r\namy@team.test"}', r'{"body":"Hello\n§\tor\r\n§"}'),
        (r"ben\x40team.test, b\u00aden\\u0040team\u3002test", "§, §"),
        ("mailto-3Aben-40team.test, u=mailto-3Aben-2540team.test&d=x", "mailto-3A§, u=mailto-3A§&d=x"),
        ("ben@Team\u3002test, ben@team\uff61test\u3002", "§, §\u3002"),
        ("On Monday, Ben Foo <ben@team.test> wrote:", "On Monday, Ben (Support) <§> wrote:"),
        ("Max is max@customer.test", "Max is §"),
        ("ben@team.test--he knows, amy@team.test--", "§--he knows, §--"),
        ("ben@team.test.Thanks, BEN@TEAM.TEST.I see", "§.Thanks, §.I see"),
        ("ben@team.test-una@customer.test", "§-una@customer.test"),
        ("una@customer.test-ben@team.test.amy@team.test", "una@customer.test-§.§"),
        ("eve@stranger.test-ben@team.test", "eve@stranger.test-§"),
    ],
)
def test_every_way_to_write_a_foreign_address_is_masked(case: Case, written: str, read: str) -> None:
    assert seen_by_una(written, case) == read.replace("§", SUPPORT)


@pytest.mark.parametrize(
    "text",
    [
        "ruben@team.test", "reben@team.test", "BEN@TEAM.TEST.EXAMPLE", "ben@team.test-x.example", "he--ben@team.test",
        "ben@team.test.example", "ben@team.tests", "ben@sub.team.test",
        "anna.ben@team.test", "ben-amy@team.test", "ben+tag@team.test", "ben at team.test", "@team.test", "ben@",
        r"C:\new\temp\u0041", "ben_foo@team.test is 30-40", "x-20\u3002y", "https://x.test/?a=b-3Ac-5Fd",
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


def test_a_name_of_a_domain_in_letters_is_the_same_domain(case: Case) -> None:
    create_person("Zoe", "zoe@xn--exmple-cua.test", role=Role.AGENT, by=None)
    db.session.flush()
    for written in (
        "zoe@exämple.test", "Zoe@EXÄMPLE.test", "zoe@xn--exmple-cua.test", "zoe@ex%C3%A4mple.test",
        "zoe@ex%25C3%25A4mple.test", "zoe@ex=C3=A4mple.test", "zoe@ex=C3=\n=A4mple.test", "zoe@exa\u0308mple.test",
        "zoe@EXA\u0308MPLE.test", "zoe@ex&auml;mple.test", r"zoe@ex\u00e4mple.test", "zoe@exa%CC%88mple.test",
    ):  # fmt: skip
        assert seen_by_una(f"Ask {written}から", case) == f"Ask {SUPPORT}から"


@pytest.mark.parametrize("letters", ["हिन्दी", "한국"])
def test_a_domain_of_any_script_is_found_whole_or_in_pieces(case: Case, letters: str) -> None:
    create_person("Zoe", f"zoe@{letters}.test", role=Role.AGENT, by=None)
    db.session.flush()
    for form in ("NFC", "NFD"):
        assert seen_by_una(f"Ask zoe@{unicodedata.normalize(form, letters)}.test!", case) == f"Ask {SUPPORT}!"


BOMB = "!" * 70 + "@" + "a\n" * 130
WORST = [
    BOMB,
    BOMB.replace("@a", "@team.test\na"),
    "a\na\na\na\na@",
    "!@a\n",
    "!" * 30 + "@casey.test ",
    "a@é\n",
    "@--",
    "a-@",
    "@a.A",
]


class Counted(dict[str, str]):
    """Counts how often it is looked into."""

    looks = 0

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        self.looks += 1
        return super().get(key, default)


@pytest.mark.parametrize("block", WORST)
def test_a_megabyte_of_the_worst_text_is_read_in_no_more_ways_than_it_has_signs(
    context: Flask, case: Case, monkeypatch: pytest.MonkeyPatch, block: str
) -> None:
    readings, means_something = Counter[str](), Known.means_something

    def counted(known: Known, key: str) -> bool:
        readings["compared"] += 1
        return means_something(known, key)

    text = (block * (1_000_000 // len(block)))[:1_000_000]
    monkeypatch.setattr(Known, "means_something", counted)
    mask = Mask(person(UNA), case)
    domains = Counted(mask.known.domains)
    monkeypatch.setattr(Known, "domains", domains)
    with queries(context) as asked:
        assert mask(text) == text
    assert readings["compared"] + domains.looks <= len(text)
    assert asked == []


@pytest.mark.parametrize("block", [BOMB, "a\na\na\na\na@", "\r\n", f"<{BEN}>", "%2540", "&lt;", "=40\\"])
def test_a_megabyte_of_the_worst_text_fits_into_a_hundred_megabytes(case: Case, block: str) -> None:
    text = (block * (1_000_000 // len(block)))[:1_000_000]
    mask = Mask(person(UNA), case)
    tracemalloc.start()
    try:
        mask(text)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_a_page_of_many_posts_is_masked_post_by_post(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths, edits = [], Mask.edits

    def measured(mask: Mask, text: str, *, file_name: bool = False) -> list[Edit]:
        lengths.append(len(text))
        return edits(mask, text, file_name=file_name)

    monkeypatch.setattr(Mask, "edits", measured)
    posts = [post_message(case, f"{BOMB}{number}", by=person(UNA), channel="api") for number in range(20)]
    conversation(case, posts, reader=person(MAX))
    assert max(lengths) < len(BOMB) + 10


def test_for_the_team_nobody_is_looked_up(context: Flask, case: Case) -> None:
    ben = person(BEN)
    with queries(context) as asked:
        mask(f"{AMY} {UNA} {MAX} {BOMB} {new_message_id(case.id, ben.id + 1)}" * 10, reader=ben, case=case)
    assert asked == []


@pytest.mark.parametrize("block", ["\\", "%25", "=40", "-2540", "&a", "&#0", "\u3164", "a\u0308", " \n", "c.", "c.@"])
def test_a_megabyte_of_what_could_be_decoded_is_masked_in_moments(case: Case, block: str) -> None:
    text = block * (1_000_000 // len(block))
    assert seen_by_una(f"{text} {BEN}", case).endswith(f" {SUPPORT}")


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


@pytest.mark.settings(CASEY_MAIL_ADDRESS="support@team.test")
@pytest.mark.parametrize("sign", "&=/?#!'*|~{$")
def test_no_plus_form_of_ours_reaches_into_the_address_of_a_colleague_at_our_domain(case: Case, sign: str) -> None:
    for written in (f"support+x{sign}ben@team.test", f"https://crm.test/?a=Support+x{sign}to=ben@team.test"):
        assert seen_by_una(written, case) == written.replace("ben@team.test", "support@team.test")
    assert seen_by_una("support+x.y-z_1@team.test", case) == "support+x.y-z_1@team.test"


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
        ("ask ben@team.test--he.pdf", "ask §--he.pdf"),
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


def test_an_id_that_was_made_for_another_is_taken_out_whatever_stands_before_it(case: Case) -> None:
    id = new_message_id(case.id, person(OLGA).id)[1:-1]
    for before in ("x", "x.", "c.", "1-", "xc.1."):
        assert seen_by_una(f"{before}{id}", case) == f"{before}{SUPPORT}"


def test_a_link_that_is_broken_over_two_lines_opens_nothing_either(case: Case) -> None:
    link = case_address(link_for(case, person(OLGA), Purpose.CASE))
    for at in (link.index("/c/") + 3, len(link) - 20):
        assert link[-10:] not in seen_by_una(f"> {link[:at]}\n> {link[at:]}\n> Bye", case)


@pytest.mark.parametrize("number", range(len(links_within("http://x.test/c/y"))))
def test_a_link_that_went_through_a_rewriter_of_links_opens_nothing_for_others(case: Case, number: int) -> None:
    link = link_for(case, person(OLGA), Purpose.CASE)
    quoted = f"She sent {links_within(case_address(link))[number]}, see there."
    for reader in (person(UNA), person(BEN)):
        shown = mask(quoted, reader=reader, case=case)
        assert secret_of(link)[-10:] not in decoded(f"Subject: x\n\n{shown}".encode())
        assert shown.startswith("She sent ")
        assert shown.endswith(", see there.")


def test_a_secret_with_every_sign_of_its_alphabet_is_found_in_rewritten_links_too(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "-_a-5F_-".ljust(42, "x") + "_"
    link_for(case, person(OLGA), Purpose.CASE).digest = hashlib.sha256(secret.encode()).hexdigest()
    for written in links_within(f"{deployed().base_url}/c/{secret}"):
        shown = seen_by_una(written, case)
        assert "xxxxx" not in shown, written
        assert leaks(f"Content-Type: text/plain\n\n{shown}".encode(), reader=person(UNA), case=case) == set()


@pytest.mark.settings(CASEY_BASE_URL="http://Casey.test:8025")
def test_a_link_to_a_file_opens_nothing_for_others_either(case: Case) -> None:
    token = f"WyJhIiwxLDJd-{'x' * 30}.{'-_y' * 9}"
    link = f"{deployed().base_url}/files/{token}"
    for written in links_within(link):
        if "elsewhere.test" not in written:
            assert token[-9:] not in decoded(f"Subject: x\n\n{seen_by_una(written, case)}".encode()), written


@pytest.mark.settings(CASEY_CASE_CONFIRM_URL="https://shop.test/confirm?code=%code%&lang=en")
def test_a_code_on_the_page_of_an_integrator_confirms_nothing_for_others(case: Case) -> None:
    code = secret_of(link_for(case, person(OLGA), Purpose.CONFIRM))
    url = confirmation_url(code)
    for written in (
        url,
        quote(url, safe=""),
        url.replace("=", "=3D"),
        f"{url[:40]}\n{url[40:]}",
        f"my code is _{code}_",
    ):
        for reader in (person(UNA), person(BEN)):
            shown = mask(f"She sent {written} there.", reader=reader, case=case)
            assert code[-10:] not in shown, written
            assert code[:3] not in shown.replace("confirm", ""), written
            assert shown.startswith("She sent ")
            assert shown.endswith(" there.")


def test_links_of_others_stay(case: Case) -> None:
    text = f"https://shop.test/confirm/{'b' * 43}, https://x.test/c/{'-_' * 30}, {deployed().base_url}/c/short"
    assert seen_by_una(text, case) == text


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
