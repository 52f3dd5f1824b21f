"""One case is opened in one dialect, answered by mail, noted in another and closed in the third: all tell the same."""

from dataclasses import dataclass

from tests.conftest import on_both
from tests.e2e.dialects import Dialect, Told
from tests.e2e.dialects.casey import Casey
from tests.e2e.dialects.kayako import Kayako
from tests.e2e.people import BEN, Somebody
from tests.house import House
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

# Who opens it, who puts the note on it, who closes it.
ROTATIONS = (
    ("casey", "deskie", "kayako"),
    ("deskie", "kayako", "casey"),
    ("kayako", "casey", "deskie"),
)
OPENING, QUESTION, ANSWER = "The lamp is out.", "Is it plugged in?", "It is, and still dark."
NOTE = "She has called twice."


@dataclass(frozen=True)
class Life:
    """A case that was closed, whose it is, and what everybody told of it before and after."""

    number: str
    customer: str
    before: dict[str, Told]
    after: dict[str, Told]


def lived(rotation: tuple[str, str, str], customer: Somebody, ben: Somebody, everybody: dict[str, Dialect]) -> Life:
    opener, noter, closer = (everybody[name] for name in rotation)
    number = opener.opens(customer.address, "Some User", "A lamp", OPENING)
    before = read(number, everybody)
    customer.mail_that_says(OPENING)
    ben.replies(ben.mail_about(number, OPENING), QUESTION)
    customer.replies(customer.mail_that_says(QUESTION), ANSWER)
    ben.mail_about(number, ANSWER)
    noter.notes(number, NOTE)
    closer.closes(number)
    return Life(number, customer.address, before, read(number, everybody))


def read(number: str, everybody: dict[str, Dialect]) -> dict[str, Told]:
    return {name: dialect.reads(number) for name, dialect in everybody.items()}


@on_both
def test_a_case_is_one_whoever_opens_notes_and_closes_it(
    house: House, dovecot: Dovecot, outside: OutsideWorld, everybody: dict[str, Dialect]
) -> None:
    ben = Somebody(BEN, dovecot)
    lives = [
        lived(rotation, Somebody(f"{'.'.join(rotation)}@other.tld", dovecot), ben, everybody) for rotation in ROTATIONS
    ]
    outside.wait_until_delivered()
    for life in lives:
        check_that_all_agree(life.before, everybody)
        check_that_all_agree(life.after, everybody)
        check_what_happened(life)
        assert not any(NOTE in mail.get_content() for mail in outside.inbox(life.customer))
    first, other, _ = lives
    check_that_arrival_is_told(first.number, everybody, by="kayako")
    check_that_arrival_is_told(other.number, everybody, by="casey")


def check_that_all_agree(told: dict[str, Told], everybody: dict[str, Dialect]) -> None:
    """Ids, moments, authors, texts, and how far each message got."""
    for name, case in told.items():
        assert case == everybody[name].words_for(told["casey"]), name


def check_what_happened(life: Life) -> None:
    """It is what was done to it."""
    first, case = life.before["casey"], life.after["casey"]
    assert (first.status, first.closed_at, first.notes, first.reached) == ("new", None, [], [])
    assert (case.id, case.opened_at, case.messages[:1]) == (first.id, first.opened_at, first.messages)
    assert (case.number, case.status, case.requester) == (life.number, "closed", life.customer)
    written = [(one.author, one.text.strip()) for one in case.messages]
    assert written == [(life.customer, OPENING), (BEN, QUESTION), (life.customer, ANSWER)]
    assert [(one.author, one.text) for one in case.notes] == [(BEN, NOTE)]
    assert case.reached == ["sent"]
    ids = [one.id for one in (*case.messages, *case.notes)]
    assert ids == sorted(ids)
    assert case.closed_at is not None
    moments = [case.opened_at, *(one.at for one in (*case.messages, *case.notes)), case.closed_at]
    assert moments == sorted(moments)


def check_that_arrival_is_told(number: str, everybody: dict[str, Dialect], *, by: str) -> None:
    """Whoever says that a mail has arrived says it to all."""
    speaker = everybody[by]
    assert isinstance(speaker, Casey | Kayako)
    speaker.confirms(number, QUESTION)
    told = read(number, everybody)
    check_that_all_agree(told, everybody)
    assert told["kayako"].reached == ["delivered"]
