"""Opening a case from a mail: a customer's own, or one that somebody of the team passes on."""

from dataclasses import replace

from app.cases.content import Content
from app.cases.models import Case
from app.cases.notes import write_note
from app.cases.opening import open_case
from app.cases.participation import join_case
from app.clock import now
from app.config import settings
from app.extensions import db
from app.mail.deciding.content import body_of, files_of, first_content
from app.mail.deciding.copied import propose_copied
from app.mail.deciding.decisions import ADMITTED, SAID, conclude, note, was_said
from app.mail.deciding.holding import held_if_refused, hold
from app.mail.deciding.screening.authentication import vouched_for
from app.mail.deciding.screening.floods import flood
from app.mail.deciding.screening.robots import is_daemon
from app.mail.models import InboundEmail, Outcome
from app.mail.reading.incoming import Forward, Incoming
from app.mail.subjects import bare_subject
from app.people.addresses import takes_address
from app.people.models import Person
from app.people.persons import find_or_create_person, find_person, new_customer, present_owner


def without_case(inbound: InboundEmail, mail: Incoming) -> None:
    """A mail that belongs to no case opens one, unless it is the team's, forged, too much, or not wanted."""
    with db.session.no_autoflush:  # nothing has changed yet but the mail itself
        sender = present_owner(mail.sender or "")
    if sender and mail.forward and _forwards(inbound, mail, sender, mail.forward):
        _open_forwarded(inbound, mail, sender, mail.forward)
    else:
        _open_own(inbound, mail, sender, follows=None)


def open_following(inbound: InboundEmail, mail: Incoming, sender: Person, *, follows: Case, verified: bool) -> None:
    """A mail that may be written, but not onto a closed case, opens the next one."""
    if _floods(inbound):
        hold(inbound, mail, follows, "flood")
    else:
        _open(inbound, mail, sender, follows=follows, verified=verified)


def open_apart(inbound: InboundEmail, mail: Incoming, *, follows: Case) -> None:
    """A mail of somebody who is not in a case opens the next one, if it would open one without that case."""
    _open_own(inbound, mail, present_owner(mail.sender or ""), follows=follows)


def _open_own(inbound: InboundEmail, mail: Incoming, sender: Person | None, *, follows: Case | None) -> None:
    obstacle = _obstacle(inbound, mail, sender)
    if obstacle:
        hold(inbound, mail, follows, obstacle)
    else:
        _open(inbound, mail, sender, follows=follows, verified=vouched_for(mail) is True)


def _obstacle(inbound: InboundEmail, mail: Incoming, sender: Person | None) -> str | None:
    """Why a mail opens no case. What the team has admitted needs nothing but a sender who may be written to."""
    if sender is not None and not sender.active:
        return "sender_blocked"
    if sender is None and not takes_address(mail.sender or ""):
        return "address_refused"
    return None if was_said(inbound, ADMITTED) else _doubt(inbound, mail, sender)


def _doubt(inbound: InboundEmail, mail: Incoming, sender: Person | None) -> str | None:
    if sender is not None and sender.team:
        return "from_team_without_case"
    if vouched_for(mail) is False:
        return "authentication_failed"
    if not settings().mail_open_cases:
        return "mail_opens_no_cases"
    return "flood" if _floods(inbound) else None


def _floods(inbound: InboundEmail) -> bool:
    too_many = None if was_said(inbound, *SAID) else flood(inbound)
    note(inbound, "flood", too_many)
    return too_many is not None


def _open(
    inbound: InboundEmail, mail: Incoming, sender: Person | None, *, follows: Case | None, verified: bool
) -> None:
    with held_if_refused(inbound, mail, follows):
        creator = sender or new_customer(mail.sender or "", mail.sender_name, by=None, last_contact_at=now())
        case = open_case(
            creator,
            bare_subject(mail.subject),
            body_of(mail),
            channel="mail",
            follows=follows,
            content=first_content(mail),
            robot=inbound.robot,
            verified=verified,
        )
        propose_copied(case, inbound, mail, by=creator)
        _opened(inbound, case, by=creator)


def _opened(inbound: InboundEmail, case: Case, *, by: Person) -> None:
    inbound.person_id, inbound.post_id = by.id, case.posts[0].id
    conclude(inbound, Outcome.OPENED, None, case)


def _forwards(inbound: InboundEmail, mail: Incoming, sender: Person, forward: Forward) -> bool:
    """Whether somebody of the team, for certain, passes on the mail of somebody else who can be a customer."""
    proven = vouched_for(mail) is True or was_said(inbound, ADMITTED)
    author = find_person(forward.sender.address)
    outsider = not author.team and author.active if author else takes_address(forward.sender.address)
    forwards = sender.team and sender.active and proven and outsider and not inbound.robot
    note(inbound, "forwarded_by_team", "it passes on somebody else's mail" if forwards else None)
    return forwards


def _open_forwarded(inbound: InboundEmail, mail: Incoming, sender: Person, forward: Forward) -> None:
    """A case for whoever wrote the mail that was passed on. What the team member added is a note of his.

    Nothing proves who wrote it, so that he is told in fixed words at most.
    """
    with held_if_refused(inbound, mail, None):
        author = find_or_create_person(forward.sender.address, forward.sender.name)
        case = open_case(
            author,
            bare_subject(forward.subject or mail.subject),
            body_of(replace(mail, text=forward.text)),
            channel="mail",
            content=Content(files=files_of(mail)),
            confirmed=True,
            robot=is_daemon(forward.sender.address),
            verified=False,
        )
        join_case(case, sender)
        comment = mail.text[: forward.comment_end].strip()
        if comment:
            write_note(case, comment, by=sender, channel="mail")
        _opened(inbound, case, by=sender)
