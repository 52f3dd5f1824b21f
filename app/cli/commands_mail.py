"""`casey mail`: looking at received mail by hand, and deciding about it again."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from flask import Flask

from app.cli.application import application
from app.mail.deciding.foreseeing import foresee_raw
from app.mail.deciding.reconsidering import replay
from app.mail.inbound import inbound_by_prefix, inbound_page
from app.mail.models import InboundEmail, Outcome
from app.transaction import reading, transaction

SUBJECT_SHOWN = 60


@click.group()
def mail() -> None:
    """Look at received mail, and have it decided about again.

    ID is the UUID of a received mail, as `casey mail list` prints it. Its beginning is enough where no other mail's
    begins so.
    """


@mail.command(name="list")
@click.option("--outcome", type=click.Choice([str(one) for one in Outcome]), help="Only mails with this outcome.")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many, newest first.")
@application
def index(app: Flask, outcome: str | None, limit: int) -> None:
    """List received mails from the newest back.

    `--outcome held` shows those which wait for the team, `--outcome quarantined` those which could not be dealt with.
    """
    with reading():
        for one in inbound_page(outcome=Outcome(outcome) if outcome else None, before=None, limit=limit):
            click.echo(_line(one))


def _line(inbound: InboundEmail) -> str:
    subject = _printable(inbound.subject or "")[:SUBJECT_SHOWN]
    when = inbound.received_at.strftime("%Y-%m-%d %H:%M")
    return f"{inbound.uuid}  {when}  {inbound.outcome or 'waiting':11}  {inbound.sender or '-'}  {subject}".rstrip()


@mail.command()
@click.argument("id")
@application
def show(app: Flask, id: str) -> None:
    """Print what is known of a received mail, and every step that led to its outcome."""
    with reading():
        inbound = inbound_by_prefix(id)
        facts = {
            "id": inbound.uuid,
            "received": f"{inbound.received_at:%Y-%m-%d %H:%M:%S} UTC, by {inbound.mailbox.name}",
            "from": f"{inbound.sender_name or ''} <{inbound.sender or ''}>".strip(),
            "subject": inbound.subject or "",
            "message-id": inbound.message_id,
            "size": f"{inbound.size} bytes",
            "case": inbound.case.reference if inbound.case else "none",
            "attempts": inbound.attempts,
        }
        for name, value in facts.items():
            click.echo(f"{name}: {_printable(str(value))}")
        _print_outcome(inbound.outcome, inbound.reason, inbound.decisions)


@mail.command()
@click.argument("id")
@application
def retry(app: Flask, id: str) -> None:
    """Have a held, ignored or quarantined mail decided about again.

    This is for mails whose reason has gone: a setting was changed, a person was unblocked, an error was mended. A
    running Casey decides within seconds. To let a held sender in, admit his mail over the API instead.
    """
    with transaction():
        inbound = inbound_by_prefix(id)
        replay(inbound)
        click.echo(f"{inbound.uuid} will be decided about again in a moment.")


@mail.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@application
def simulate(app: Flask, file: Path) -> None:
    """Print what would be decided about the mail in FILE, without doing it.

    FILE is a raw message (RFC 5322), such as a mail program saves as .eml. It is judged by the present settings, cases
    and people; nothing is stored and nobody is written to.
    """
    foreseen = foresee_raw(file.read_bytes())
    _print_outcome(foreseen.outcome, foreseen.reason, foreseen.decisions)


def _print_outcome(outcome: Outcome | None, reason: str | None, decisions: Iterable[Any]) -> None:
    click.echo(f"outcome: {outcome or 'waiting'}" + (f" ({_printable(reason)})" if reason else ""))
    for step in decisions:
        click.echo(f"  {step['rule']}: {_printable(step['detail'] or 'no')}")


def _printable(text: str) -> str:
    """What strangers wrote must not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
