"""Who may write into a case by mail: the table of who may write, every row with every kind of evidence.

Each cell is one mail: who it claims to be from, what leads it to the case, and what our mail server says about it.
"""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from app.cases.leaving import remove_participant
from app.cases.models import Case, Post
from app.cases.opening import open_case
from app.cases.participation import join_case
from app.extensions import db
from app.mail.models import Outcome
from app.mail.reading.incoming import Incoming
from app.mail.tokens import anchor_id, new_message_id, reply_address
from app.people.identities import change_email
from app.people.models import Person
from app.people.persons import find_or_create_person, find_person
from app.transaction import rehearsal, transaction
from tests.cast import AMY, BEN, EVE, OLGA, UNA, Cast
from tests.mail.incoming import decided, incoming

MAX, REX, KIM = "max@customer.test", "rex@customer.test", "kim@customer.test"
OURS = "mx.casey.test"
STAMPS = {
    "absent": [],
    "pass": [f"{OURS}; dmarc=pass header.from=%domain%"],
    "fail": [f"{OURS}; dmarc=fail header.from=%domain%"],
    "none": [f"{OURS}; dmarc=none header.from=%domain%; spf=pass smtp.mailfrom=x.test"],
    "about another domain": [f"{OURS}; dmarc=pass header.from=elsewhere.test"],
    "forged": ["mx.elsewhere.test; dmarc=pass header.from=%domain%"],
    "forged below": [f"{OURS}; dmarc=fail header.from=%domain%", f"{OURS}; dmarc=pass header.from=%domain%"],
    "forged below a broken one": [f'{OURS}; dmarc=(pass "', f"{OURS}; dmarc=pass header.from=%domain%"],
}
PROVEN = {"pass"}
REFUTED = {"fail", "forged below"}

# ben has taken una's case up and max is in it; amy was asked to take it up, rex was removed. kim has another case. olga
# is of the team but has nothing to do with either case, and eve is known to nobody.
TEAM = {BEN, AMY, OLGA}
CUSTOMERS = {"hers": {UNA, MAX}, "other": {KIM}}
ACCEPTED_TOKENS = {"hers": {UNA, MAX, BEN, AMY}, "other": {KIM}}
SENDERS = [UNA, MAX, BEN, AMY, OLGA, KIM, REX, EVE]

KINDS = [
    "own token", "own anchor", "own reply address",
    "token of una", "reply address of una", "token of ben", "token of rex",
    "token of the other case", "reply address of the other case",
    "in-reply-to", "references", "subject", "none",
]  # fmt: skip

pytestmark = pytest.mark.settings(
    CASEY_MAIL_AUTHSERV_ID=OURS, CASEY_MAIL_PLUS_ADDRESSING="true", CASEY_TEAM_INVITE_COUNT="2"
)


@dataclass(frozen=True)
class Scene:
    """The two cases, and the id of the mail that opened the first."""

    hers: Case
    other: Case
    first: str

    def evidence(self, kind: str, sender: str) -> dict[str, Any]:
        """What leads such a mail to a case; the subject of all that carry the token of one case names the other."""
        hers, owner = self.hers.id, {"una": UNA, "ben": BEN, "rex": REX}.get(kind.rpartition(" ")[2], sender)
        reference = {"subject": f"Re: [Case {self.hers.reference}] I found a bug"}
        return {
            "token": lambda: {"in_reply_to": (new_message_id(hers, id_of(owner)),)},
            "anchor": lambda: {"references": (anchor_id(hers, id_of(owner)), "<rewritten@relay.test>")},
            "address": lambda: {"recipients": (reply_address(hers, id_of(owner)),)},
            "token of the other case": lambda: {
                "in_reply_to": (new_message_id(self.other.id, id_of(KIM)),),
                **reference,
            },
            "reply address of the other case": lambda: {
                "recipients": (reply_address(self.other.id, id_of(KIM)),),
                **reference,
            },
            "in-reply-to": lambda: {"in_reply_to": (self.first,)},
            "references": lambda: {"references": (self.first,)},
            "subject": lambda: reference,
            "none": dict,
        }[_way(kind)]()


def _way(kind: str) -> str:
    if kind.endswith("other case"):
        return kind
    return next((word for word in ("token", "anchor", "address") if word in kind), kind)


def id_of(address: str) -> int:
    """The person's id; of somebody unknown, one that nobody has."""
    found = find_person(address)
    return found.id if found else 999


def person(address: str) -> Person:
    found = find_person(address)
    assert found is not None
    return found


def stamped(mail: Incoming, stamp: str) -> Incoming:
    """The mail as our server hands it over."""
    domain = str(mail.sender).rpartition("@")[2]
    lines = [line.replace("%domain%", domain) for line in STAMPS[stamp]]
    return replace(mail, headers={"authentication-results": lines} if lines else {})


@pytest.fixture
def scene(context: Flask, cast: Cast) -> Scene:
    with transaction():
        mail = incoming(UNA, "I found a bug")
        hers = decided(mail).case
        assert hers is not None
        other = open_case(find_or_create_person(KIM), "Another one", "Hi", channel="api")
        for address in (MAX, REX, BEN):
            join_case(hers, find_or_create_person(address))
        remove_participant(hers, person(REX), by=None)
        db.session.flush()
        return Scene(hers, other, mail.message_id)


def cell(scene: Scene, sender: str, kind: str, stamp: str) -> tuple[str, str]:
    """What becomes of such a mail: posted, verified, opened or held; and on which case."""
    mail = stamped(incoming(sender, **{"subject": "Re: it", **scene.evidence(kind, sender)}), stamp)
    with rehearsal():
        inbound = decided(mail)
        post = db.session.get(Post, inbound.post_id) if inbound.post_id else None
        outcome = str(inbound.outcome)
        if inbound.outcome is Outcome.POSTED and post is not None and post.verified:
            outcome = "verified"
        where = {scene.hers.id: "hers", scene.other.id: "other", None: "none"}.get(inbound.case_id, "new")
        return outcome, where


def expected(sender: str, kind: str, stamp: str) -> tuple[str, str]:
    """The table of who may write, said once more."""
    if kind == "none":
        return ("held", "none") if sender in TEAM or stamp in REFUTED else ("opened", "new")
    case = "other" if kind.endswith("other case") else "hers"
    owner = {"una": UNA, "ben": BEN, "rex": REX, "case": KIM}.get(kind.rpartition(" ")[2], sender)
    has_token = "token" in kind or "anchor" in kind or "address" in kind
    if has_token and owner == sender and sender in ACCEPTED_TOKENS[case]:
        return "verified", case
    if sender in TEAM:
        return ("verified" if stamp in PROVEN else "held"), case
    if sender not in CUSTOMERS[case] or stamp in REFUTED:
        return "held", case
    return ("verified" if stamp in PROVEN else "posted"), case


@pytest.mark.parametrize("sender", SENDERS)
def test_every_cell_of_the_table_of_who_may_write(scene: Scene, sender: str) -> None:
    cells = [(kind, stamp) for kind in KINDS for stamp in STAMPS]
    found = {one: cell(scene, sender, *one) for one in cells}
    assert found == {one: expected(sender, *one) for one in cells}


def test_the_table_has_some_hundred_cells_of_every_kind() -> None:
    cells = [expected(sender, kind, stamp)[0] for sender in SENDERS for kind in KINDS for stamp in STAMPS]
    assert len(cells) >= 800
    assert {one: cells.count(one) > 20 for one in ("verified", "posted", "held", "opened")} == dict.fromkeys(
        ("verified", "posted", "held", "opened"), True
    )


def outcome(scene: Scene, mail: Incoming) -> str:
    """What becomes of a mail, for good."""
    with transaction():
        return str(decided(mail).outcome)


def test_a_person_writes_from_any_of_his_addresses(scene: Scene) -> None:
    with transaction():
        change_email(person(UNA), "una@home.test", by=None)
    token = (new_message_id(scene.hers.id, id_of(UNA)),)
    assert [outcome(scene, incoming(one, in_reply_to=token)) for one in (UNA, "una@home.test")] == ["posted"] * 2


def test_a_blocked_person_is_held_even_with_his_token(scene: Scene) -> None:
    token = (new_message_id(scene.hers.id, id_of(UNA)),)
    with transaction():
        person(UNA).blocked_at = person(UNA).created_at
    assert outcome(scene, stamped(incoming(UNA, in_reply_to=token), "pass")) == "held"


@pytest.mark.parametrize("where", ["message id", "address"])
def test_a_forged_token_is_none(scene: Scene, where: str) -> None:
    true = new_message_id(scene.hers.id, id_of(BEN)) if where == "message id" else reply_address(1, id_of(BEN))
    signed, _, domain = true.partition("@")
    forged = f"{signed[:-1]}{'a' if signed[-1] != 'a' else 'b'}@{domain}"
    for token, becomes in ((forged, "held"), (true, "posted")):
        carried = {"in_reply_to": (token,)} if where == "message id" else {"recipients": (token,)}
        mail = incoming(BEN, f"Re: [Case {scene.hers.reference}] I found a bug", **carried)
        assert outcome(scene, mail) == becomes


def test_his_own_token_counts_beside_somebody_elses(scene: Scene) -> None:
    """A reply to all may carry the address that was made for another reader of the case."""
    mail = incoming(
        BEN,
        recipients=(reply_address(scene.hers.id, id_of(UNA)),),
        in_reply_to=(new_message_id(scene.hers.id, id_of(BEN)),),
    )
    assert outcome(scene, mail) == "posted"


def test_a_token_of_another_case_beside_the_reference_proves_nothing(scene: Scene) -> None:
    """ben is in una's case, and his token of kim's is genuine; but a token counts for its own case alone."""
    mail = incoming(
        BEN,
        recipients=(reply_address(scene.hers.id, id_of(UNA)),),
        in_reply_to=(new_message_id(scene.other.id, id_of(BEN)),),
    )
    assert outcome(scene, mail) == "held"
