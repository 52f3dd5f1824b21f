"""Which case a mail belongs to. A match only selects the case; it does not yet allow anything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import select

from app.cases.models import Case
from app.cases.queries import case_by_reference
from app.extensions import db
from app.mail.models import InboundEmail, OutboundEmail
from app.mail.reading.incoming import Incoming
from app.mail.subjects import references_in
from app.mail.tokens import Token, read_reply_address, read_token

MOST_IDS = 50


@dataclass(frozen=True)
class Match:
    """The case a mail was matched to, how, the tokens of that case it carried, and what spoke for another case."""

    case: Case
    how: str
    tokens: tuple[Token, ...] = ()
    conflict: str | None = None


def find_case(mail: Incoming) -> Match | None:
    """Tokens before other headers before the subject; the first of each kind counts, and the others must agree.

    Tokens in addresses come first, where there are any. Among headers what was answered comes before what was referred
    to, the latest first.
    """
    ids = list(_named_ids(mail))[:MOST_IDS]
    in_addresses = list(_by_token("address", (read_reply_address(one) for one in mail.recipients[:MOST_IDS])))
    in_ids = list(_by_token("token", (read_token(id) for id in ids)))
    kinds = (iter(in_addresses), iter(in_ids), _by_known_id(ids), _by_subject(mail))
    found = [replace(match, case=followed(match.case)) for kind in kinds for match in islice(kind, 1)]
    if not found:
        return None
    tokens = _tokens_of(found[0].case, in_addresses + in_ids)
    return replace(found[0], tokens=tokens, conflict=_conflict(*found))


def _tokens_of(case: Case, matches: list[Match]) -> tuple[Token, ...]:
    """Those that were made for this case. One of another case proves nothing here."""
    return tuple(token for match in matches if followed(match.case) is case for token in match.tokens)


def _conflict(chosen: Match, *others: Match) -> str | None:
    against = [one for one in others if one.case is not chosen.case]
    return ", ".join(f"another case by {one.how}: {one.case.reference}" for one in against) or None


def _named_ids(mail: Incoming) -> Iterator[str]:
    yield from reversed(mail.in_reply_to)
    yield from reversed(mail.references)


def _by_token(how: str, tokens: Iterable[Token | None]) -> Iterator[Match]:
    for token in dict.fromkeys(tokens):
        case = db.session.get(Case, token.case_id) if token else None
        if token and case:
            yield Match(case, how, (token,))


def _by_known_id(ids: list[str]) -> Iterator[Match]:
    """By mails we sent, under the id a relay gave them, and by mails we received. Our own ids are tokens."""
    for id in ids:
        if read_token(id):
            continue
        case_id = db.session.scalar(
            select(OutboundEmail.case_id).where(OutboundEmail.relay_message_id == id).limit(1)
        ) or db.session.scalar(
            select(InboundEmail.case_id)
            .where(InboundEmail.message_id == id, InboundEmail.case_id.is_not(None))
            .order_by(InboundEmail.id)  # the first: who repeats an id later does not draw mails away from it
            .limit(1)
        )
        if case_id:
            yield Match(db.session.get_one(Case, case_id), "headers")


def _by_subject(mail: Incoming) -> Iterator[Match]:
    for reference in references_in(mail.subject):
        case = case_by_reference(reference)
        if case:
            yield Match(case, "subject")


def followed(case: Case) -> Case:
    """Where a merged case went."""
    seen = {case.id}
    while case.merged_into_id and case.merged_into_id not in seen:
        seen.add(case.merged_into_id)
        case = db.session.get_one(Case, case.merged_into_id)
    return case
