"""A case is the same case whichever dialect it was opened in: in the mails, on the page, and read in every dialect."""

import re
from dataclasses import dataclass

from tests.conftest import on_both
from tests.e2e.dialects import Dialect
from tests.e2e.people import BEN, Browser, Somebody
from tests.e2e.sameness import alike, shapes
from tests.house import SUPPORT, House
from tests.leaks import leaked
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

NAME = "Some User"
WRITTEN = (
    "There is a bug over there!",
    "Can you tell us more?",
    "It is under the table.",
    "We have squashed it.",
    "It is gone, thank you.",
)


@dataclass(frozen=True)
class Life:
    """A case that has come to its end: its number, whose it is, and how its page looked while it went on."""

    number: str
    customer: str
    pages: list[str]


def lived(dialect: Dialect, customer: Somebody, ben: Somebody) -> Life:
    """A case opened by HTTP, talked about by mail and on its page, rated and closed by HTTP."""
    opening, question, answer, solution, thanks = WRITTEN
    number = dialect.opens(customer.address, NAME, "I found a bug", opening)
    receipt = customer.mail_that_says(opening)
    ben.replies(ben.mail_about(number, opening), question)
    customer.replies(customer.mail_that_says(question), answer)
    ben.replies(ben.mail_about(number, answer), solution)
    customer.mail_that_says(solution)
    browser = Browser()
    [link] = re.findall(r"http://\S+/c/\S+", receipt.get_content())
    pages = [browser.open(link), browser.submit(message=thanks)]
    ben.mail_about(number, thanks)
    dialect.rates(number, "high", "Quick!")
    dialect.closes(number)
    return Life(number, customer.address, [*pages, browser.open(browser.address)])


@on_both
def test_a_case_is_the_same_in_every_dialect_by_mail_and_on_its_page(
    house: House, dovecot: Dovecot, outside: OutsideWorld, everybody: dict[str, Dialect]
) -> None:
    ben = Somebody(BEN, dovecot)
    lives = [lived(dialect, Somebody(f"{name}.user@other.tld", dovecot), ben) for name, dialect in everybody.items()]
    outside.wait_until_delivered()
    for life in lives:
        check_what_is_read(life, everybody)
        check_what_the_customer_sees(life, outside)
    first, *others = lives
    for life in others:
        assert mails_of(life, outside) == mails_of(first, outside)
        assert deliveries_of(life, house) == deliveries_of(first, house)
        assert pages_of(life) == pages_of(first)


def check_what_is_read(life: Life, everybody: dict[str, Dialect]) -> None:
    """Every dialect tells the same of it, and it is what happened."""
    told = {name: dialect.reads(life.number) for name, dialect in everybody.items()}
    first = told["casey"]
    for name, case in told.items():
        assert case == everybody[name].words_for(first), name
    assert (first.status, first.channel, first.requester) == ("closed", "web", life.customer)
    assert (first.rating, first.liked, first.reached) == (("high", "Quick!"), True, ["sent", "sent"])
    writers = [life.customer, BEN, life.customer, BEN, life.customer]
    assert [(one.author, one.text.strip()) for one in first.messages] == list(zip(writers, WRITTEN, strict=True))
    assert all(one.sent_at == one.at for one in first.messages)
    moments = [first.opened_at, *(one.at for one in first.messages)]
    assert moments == sorted(moments)


def check_what_the_customer_sees(life: Life, outside: OutsideWorld) -> None:
    """All comes from the one address, and neither a mail nor the page shows anybody's in the house."""
    for one in outside.ledger():
        if one.rcpt_tos == (life.customer,):
            assert [sender.addr_spec for sender in one.mail["From"].addresses] == [SUPPORT]
            assert leaked(one.raw, life.customer, [life.customer, BEN]) == []
    for page, shown, standing in zip(life.pages, (4, 5, 5), ("waiting", "open", "closed"), strict=True):
        assert [text in page for text in WRITTEN] == [place < shown for place in range(5)]
        assert f'<span class="status {standing}">' in page
        assert BEN not in page


def mails_of(life: Life, outside: OutsideWorld) -> list[object]:
    """All mails about it, to each reader in their order."""
    about = [one for one in outside.ledger() if life.number in one.mail["Subject"]]
    found = [[one.raw for one in about if one.rcpt_tos == (reader,)] for reader in (life.customer, BEN)]
    assert [len(one) for one in found] == [3, 3]
    return [shapes(mails, life.number, life.customer) for mails in found]


def deliveries_of(life: Life, house: House) -> list[object]:
    """How far each mail got."""
    [case] = house.call("GET", f"/cases?reference={life.number}").json["items"]
    found = house.call("GET", f"/cases/{case['uuid']}/deliveries").json["items"]
    return [(one["purpose"], one["to"]["name"], one["status"], one["attempts"]) for one in found]


def pages_of(life: Life) -> list[str]:
    return [alike(page, life.number, life.customer) for page in life.pages]
