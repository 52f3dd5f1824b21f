"""Who may write into a case by mail: every row of the table in security.md, with every kind of evidence."""

from email.message import EmailMessage

import pytest
from flask import Flask

from app.cases.models import Case
from app.cases.participation import join_case
from app.extensions import db
from app.people.models import Person
from app.people.persons import change_email, create_person, find_person
from app.transaction import transaction
from tests.api_client import Api
from tests.cast import AMY, BEN, EVE, UNA
from tests.conftest import Worker
from tests.letters import letter
from tests.mail.rows import cases, inbound
from tests.sandbox import Outside

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

pytestmark = pytest.mark.settings(CASEY_MAIL_AUTHSERV_ID=OURS)


class Scene:
    """A case of una's. ben has taken it up, amy was asked to, max is in it, rex was removed; kim is known, eve not."""

    def __init__(self, app: Flask, work: Worker, outside: Outside) -> None:
        self.app, self.work, self.outside = app, work, outside
        self.first = letter(UNA, "I found a bug", "It is over there!")
        outside.send(self.first)
        work()
        with app.app_context(), transaction():
            for address in (MAX, REX, KIM):
                create_person(address.partition("@")[0], address, by=None)
            for address in (MAX, REX):
                join_case(self._case(), self._person(address))
        outside.reply(outside.inbox(BEN)[0], "Which table?")
        work()
        with app.app_context(), transaction():
            [participant] = [one for one in self._case().participants if one.person_id == self._person(REX).id]
            participant.removed_at = participant.joined_at

    def token(self, of: str) -> str:
        """The id of the last mail to somebody: it holds his token."""
        return str(self.outside.inbox(of)[-1]["Message-ID"])

    def evidence(self, kind: str, sender: str) -> dict[str, str]:
        """What leads a mail to the case."""
        return {
            "own token": lambda: {"In-Reply-To": self.token(sender)},
            "token of una": lambda: {"References": self.token(UNA)},
            "token of ben": lambda: {"In-Reply-To": self.token(BEN)},
            "token of rex": lambda: {"In-Reply-To": self.token(REX)},
            "headers": lambda: {"In-Reply-To": self.first["Message-ID"]},
            "subject": lambda: {"Subject": f"Re: [Case {cases(self.app)[0].reference}] I found a bug"},
        }[kind]()

    def outcome(self, sender: str, kind: str, stamp: str) -> str:
        """Send such a mail; says what became of it: posted, verified, or held."""
        mail = letter(sender, "Re: it", f"by {kind}, {stamp}")
        for name, value in self.evidence(kind, sender).items():
            del mail[name]
            mail[name] = value
        return self.sent(mail, stamp)

    def sent(self, mail: EmailMessage, stamp: str = "absent") -> str:
        for line in STAMPS[stamp]:
            mail["Authentication-Results"] = line.replace("%domain%", mail["From"].addresses[0].domain)
        self.outside.send(mail)
        self.work()
        row = inbound(self.app)[-1]
        if row.outcome != "posted":
            return f"{row.outcome}"
        with self.app.app_context():
            post = self._case().posts[-1]
            assert post.id == row.post_id
            return "verified" if post.verified else "posted"

    def _case(self) -> Case:
        return db.session.get_one(Case, 1)

    def _person(self, address: str) -> Person:
        found = find_person(address)
        assert found is not None
        return found


@pytest.fixture
def scene(app: Flask, api: Api, work: Worker, outside: Outside) -> Scene:
    return Scene(app, work, outside)


def table(scene: Scene, sender: str, kinds: list[str]) -> dict[tuple[str, str], str]:
    return {(kind, stamp): scene.outcome(sender, kind, stamp) for kind in kinds for stamp in STAMPS}


def everywhere(kinds: list[str], outcome: str) -> dict[tuple[str, str], str]:
    return {(kind, stamp): outcome for kind in kinds for stamp in STAMPS}


@pytest.mark.parametrize("sender", [UNA, MAX, BEN, AMY])
def test_the_own_token_proves_who_writes(scene: Scene, sender: str) -> None:
    assert table(scene, sender, ["own token"]) == everywhere(["own token"], "verified")


@pytest.mark.parametrize("sender", [UNA, MAX])
def test_a_customer_in_the_case_may_write_without_a_token_unless_his_from_is_refuted(scene: Scene, sender: str) -> None:
    kinds = ["token of ben", "headers", "subject"]
    assert table(scene, sender, kinds) == {
        (kind, stamp): "verified" if stamp in PROVEN else "held" if stamp in REFUTED else "posted"
        for kind in kinds
        for stamp in STAMPS
    }


@pytest.mark.parametrize("sender", [BEN, AMY])
def test_without_his_token_a_team_member_needs_the_word_of_our_server(scene: Scene, sender: str) -> None:
    kinds = ["token of una", "headers", "subject"]
    assert table(scene, sender, kinds) == {
        (kind, stamp): "verified" if stamp in PROVEN else "held" for kind in kinds for stamp in STAMPS
    }


@pytest.mark.parametrize("sender", [EVE, KIM])
def test_who_is_not_in_the_case_is_held_whatever_he_brings(scene: Scene, sender: str) -> None:
    kinds = ["token of una", "token of ben", "token of rex", "headers", "subject"]
    assert table(scene, sender, kinds) == everywhere(kinds, "held")


def test_the_token_of_somebody_who_was_removed_is_dead(scene: Scene) -> None:
    kinds = ["own token", "headers", "subject"]
    assert table(scene, REX, kinds) == everywhere(kinds, "held")


def test_una_with_the_token_of_rex_counts_as_una_without_a_token(scene: Scene) -> None:
    assert scene.outcome(UNA, "token of rex", "absent") == "posted"
    assert scene.outcome(UNA, "token of rex", "fail") == "held"


def test_a_person_writes_from_any_of_his_addresses(scene: Scene, app: Flask) -> None:
    token = scene.token(UNA)
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        change_email(una, "una@home.test", by=None)
    for address in (UNA, "una@home.test"):
        assert scene.sent(letter(address, "Re: it", "from home", in_reply_to=token)) == "verified"


def test_a_blocked_person_is_held_even_with_his_token(scene: Scene, app: Flask) -> None:
    with app.app_context(), transaction():
        una = find_person(UNA)
        assert una is not None
        una.blocked_at = una.created_at
    assert scene.outcome(UNA, "own token", "pass") == "held"


def test_a_forged_token_is_none(scene: Scene) -> None:
    signed, _, domain = scene.token(BEN).partition("@")
    forged = f"{signed[:-1]}{'a' if signed[-1] != 'a' else 'b'}@{domain}"
    subject = f"Re: [Case {cases(scene.app)[0].reference}] I found a bug"
    assert scene.sent(letter(BEN, subject, "forged", in_reply_to=forged)) == "held"
    assert scene.sent(letter(BEN, subject, "true", in_reply_to=f"{signed}@{domain}")) == "verified"


def test_what_is_held_is_told_to_the_case_and_sent_to_nobody(scene: Scene, outside: Outside) -> None:
    before = [len(outside.inbox(one)) for one in (UNA, BEN, AMY, EVE)]
    scene.outcome(EVE, "token of una", "absent")
    row = inbound(scene.app)[-1]
    assert (row.case_id, row.reason, row.post_id) == (1, "unknown_sender", None)
    assert [len(outside.inbox(one)) for one in (UNA, BEN, AMY, EVE)] == before


def test_without_a_trusted_server_no_stamp_counts(scene: Scene, app: Flask) -> None:
    app.extensions["casey.configuration"].static["mailAuthservId"] = None
    assert scene.outcome(BEN, "subject", "pass") == "held"
    assert scene.outcome(UNA, "subject", "fail") == "posted"
