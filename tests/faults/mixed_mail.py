"""Mail as it comes in real life: new mails, replies of every kind, robots, bounces, strangers, and malformed ones.

Each mail carries its number in a header of its own and in its text, so that a ledger outside can follow it wherever it
goes, whatever is wrong with it.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum

from tests.house import SUPPORT
from tests.letters import letter
from tests.servers.ledger import Accepted

NUMBER = "X-Fed"
MOST_TO_ONE_CASE = 4


class Kind(StrEnum):
    """What a mail is, and so what should become of it."""

    NEW = "new"
    BY_TOKEN = "reply by token"
    BY_HEADER = "reply by header"
    BY_SUBJECT = "reply by subject"
    ROBOT = "robot"
    BOUNCE = "bounce"
    THIRD_PARTY = "third party"
    MALFORMED = "malformed"


OUTCOMES: Mapping[Kind, set[str]] = {
    Kind.NEW: {"opened"},
    Kind.BY_TOKEN: {"posted"},
    Kind.BY_HEADER: {"posted"},
    Kind.BY_SUBJECT: {"posted"},
    Kind.ROBOT: {"posted"},
    Kind.BOUNCE: {"bounce"},
    Kind.THIRD_PARTY: {"held"},
    Kind.MALFORMED: {"opened", "posted", "held", "ignored", "quarantined"},
}
# Out of twenty mails: one is malformed, and most belong to a case that is there.
MIX = Counter(
    {
        Kind.NEW: 6,
        Kind.BY_TOKEN: 4,
        Kind.BY_HEADER: 2,
        Kind.BY_SUBJECT: 2,
        Kind.ROBOT: 2,
        Kind.BOUNCE: 1,
        Kind.THIRD_PARTY: 2,
        Kind.MALFORMED: 1,
    }
)


@dataclass(frozen=True)
class Fed:
    """A mail to be put into our mailbox."""

    number: int
    kind: Kind
    raw: bytes
    sender: str


@dataclass
class Town:
    """Everybody outside: writes new mails, and answers what Casey has sent so far."""

    dice: random.Random
    written: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    deck: list[Kind] = field(default_factory=list)
    numbers: int = 0

    def mails(self, count: int, got: list[Accepted]) -> list[Fed]:
        """So many mails, mixed. Answers need something to answer; until there is, all are new."""
        return [self._mail(self._kind(), got) for _ in range(count)]

    def _kind(self) -> Kind:
        """As from a deck of cards, so that every kind has its share of any twenty mails."""
        if not self.deck:
            self.deck = list(MIX.elements())
            self.dice.shuffle(self.deck)
        return self.deck.pop()

    def _mail(self, kind: Kind, got: list[Accepted]) -> Fed:
        self.numbers += 1
        if kind is Kind.MALFORMED:
            return self._fed(kind, *self._malformed())
        answered = self._something_to_answer(got) if kind in WRITERS else None
        if answered is None:
            return self._fed(Kind.NEW, *self._new())
        return self._fed(kind, *WRITERS[kind](self, answered))

    def can_answer(self, mails: int, got: list[Accepted]) -> bool:
        """Whether there is enough to answer for so many mails."""
        readers = {one.rcpt_tos[0] for one in got if one.rcpt_tos[0] in self.written}
        return sum(max(MOST_TO_ONE_CASE - self.answers[reader], 0) for reader in readers) >= mails

    def _something_to_answer(self, got: list[Accepted]) -> EmailMessage | None:
        ours = [one for one in got if one.rcpt_tos[0] in self.written]
        fresh = [one for one in ours if self.answers[one.rcpt_tos[0]] < MOST_TO_ONE_CASE]
        if not fresh:
            return None
        chosen = self.dice.choice(fresh)
        self.answers[chosen.rcpt_tos[0]] += 1
        return chosen.mail

    def _fed(self, kind: Kind, raw: bytes, sender: str) -> Fed:
        return Fed(self.numbers, kind, f"{NUMBER}: {self.numbers}\r\n".encode() + raw, sender)

    def words(self) -> str:
        """A text that tells this mail from all others."""
        return f"This is mail number {self.numbers}.\n"

    def _new(self) -> tuple[bytes, str]:
        sender = f"customer{self.numbers}@world.test"
        mail = letter(sender, "Help", self.words(), to=SUPPORT, Message_ID=f"<new-{self.numbers}@world.test>")
        self.written[sender] = str(mail["Message-ID"])
        return mail.as_bytes(), sender

    def _malformed(self) -> tuple[bytes, str]:
        sender, bad = f"odd{self.numbers}@world.test", self.dice.choice(MALFORMED)
        return bad.replace("WORDS", self.words()).replace("SENDER", sender).encode("utf-8", "surrogateescape"), sender


def _reader(mail: EmailMessage) -> str:
    return str(mail["To"].addresses[0].addr_spec)


def _answer(town: Town, answered: EmailMessage, sender: str, **headers: str) -> tuple[bytes, str]:
    own = {"Message_ID": f"<answer-{town.numbers}@world.test>", **headers}
    return letter(sender, f"Re: {answered['Subject']}", town.words(), to=SUPPORT, **own).as_bytes(), sender


def _by_token(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    return _answer(town, answered, _reader(answered), In_Reply_To=answered["Message-ID"])


def _by_header(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    reader = _reader(answered)
    mail = letter(reader, "And another thing", town.words(), to=SUPPORT, References=town.written[reader])
    return mail.as_bytes(), reader


def _by_subject(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    return _answer(town, answered, _reader(answered))


def _robot(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    headers = {"In_Reply_To": answered["Message-ID"], "Auto_Submitted": "auto-replied"}
    return _answer(town, answered, _reader(answered), **headers)


def _third_party(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    return _answer(town, answered, f"stranger{town.numbers}@world.test", In_Reply_To=answered["Message-ID"])


def _bounce(town: Town, answered: EmailMessage) -> tuple[bytes, str]:
    raw = BOUNCE.format(words=town.words(), number=town.numbers, to=_reader(answered), id=answered["Message-ID"])
    return raw.replace("\n", "\r\n").encode(), ""


WRITERS: Mapping[Kind, Callable[[Town, EmailMessage], tuple[bytes, str]]] = {
    Kind.BY_TOKEN: _by_token,
    Kind.BY_HEADER: _by_header,
    Kind.BY_SUBJECT: _by_subject,
    Kind.ROBOT: _robot,
    Kind.THIRD_PARTY: _third_party,
    Kind.BOUNCE: _bounce,
}

# Full mailboxes: what comes back says 4.2.2, so that nobody is cut off in the middle of the test.
BOUNCE = """\
From: MAILER-DAEMON@mx.world.test
To: support@casey.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{number}@mx.world.test>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b{number}"

--b{number}
Content-Type: text/plain

{words}
--b{number}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.world.test

Final-Recipient: rfc822; {to}
Action: failed
Status: 4.2.2
Diagnostic-Code: smtp; 452 4.2.2 Mailbox full

--b{number}
Content-Type: text/rfc822-headers

Message-ID: {id}
Subject: Help
--b{number}--
"""

MALFORMED = [
    "From: SENDER\r\nMessage-Id: <<x@y>\r\nSubject: Help\r\n\r\nWORDS",
    "From: SENDER\r\nSubject: =?utf-9?b?////?= =?x\r\n\r\nWORDS",
    'From: SENDER\r\nSubject: Parts\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\nWORDS',
    "From: SENDER\r\nContent-Type: text/plain; charset=no-such-thing\r\nContent-Transfer-Encoding: odd\r\n\r\n==WORDS",
    "From: SENDER, second@world.test\r\nSubject: Two\r\n\r\nWORDS",
    "From: Friends: SENDER;\r\nSubject: Group\r\n\r\nWORDS",
    "Subject: From nobody\r\n\r\nWORDS",
    "From: SENDER\r\nSubject: Dates\r\nDate: Neverday, 99 Foo 0000\r\nReferences: <<<>>> <\r\n\r\nWORDS",
    "From: SENDER\r\nContent-Type: ; ;;=\r\nSubject: \udcff\udcfe bytes\r\n\r\nWORDS \udcff\udc80",
]


def numbers_in(raw: bytes) -> list[int]:
    """The number of a fed mail, from its bytes as they were stored."""
    return [int(found) for found in re.findall(rb"(?im)^X-Fed: (\d+)\r?$", raw)]
