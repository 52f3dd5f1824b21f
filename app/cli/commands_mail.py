"""`casey mail`: looking at received mail by hand, and deciding about it again."""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import click
from flask import Flask

from app.cli.application import application
from app.mail.deciding.foreseeing import foresee_raw
from app.mail.deciding.reconsidering import replay
from app.mail.inbound import inbound_by_prefix, inbound_page
from app.mail.models import InboundEmail, Outcome
from app.transaction import reading, transaction

WIDEST = (36, 16, 11, 28, 10, 32, 60)  # id, time, outcome, reason, case, sender, subject


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
    """List received mails from the newest back: id, time, outcome, reason, case, sender and subject.

    `--outcome held` shows those which wait for the team, `--outcome quarantined` those which could not be dealt with.
    """
    with reading():
        found = inbound_page(outcome=Outcome(outcome) if outcome else None, before=None, limit=limit)
        for line in _columns([_row(one) for one in found]):
            click.echo(line)


def _row(inbound: InboundEmail) -> list[str]:
    cells = [
        str(inbound.uuid),
        inbound.received_at.strftime("%Y-%m-%d %H:%M"),
        inbound.outcome or "waiting",
        inbound.reason or "-",
        inbound.case.reference if inbound.case else "-",
        inbound.sender or "-",
        inbound.subject or "",
    ]
    return [_cut(_printable(cell), widest) for cell, widest in zip(cells, WIDEST, strict=True)]


def _cut(text: str, widest: int) -> str:
    return text if len(text) <= widest else f"{text[: widest - 3]}..."


def _columns(rows: list[list[str]]) -> Iterator[str]:
    """Lines in which each column is as wide as its longest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


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
            "from": f"{inbound.sender_name or ''} <{inbound.sender}>".strip() if inbound.sender else "(none)",
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
        replay(inbound, by=None)
        click.echo(f"{inbound.uuid} will be decided about again in a moment.")


@mail.command()
@click.argument("file", type=click.File("rb"))
@application
def simulate(app: Flask, file: BinaryIO) -> None:
    """Print what would be decided about the mail in FILE, without doing it.

    FILE is a raw message (RFC 5322), such as a mail program saves as .eml, or `-` for standard input. It is judged by
    the present settings, cases and people; nothing is stored and nobody is written to.
    """
    raw = file.read()
    if not raw:
        raise click.ClickException("FILE is empty.")
    foreseen = foresee_raw(raw)
    _print_outcome(foreseen.outcome, foreseen.reason, foreseen.decisions)


def _print_outcome(outcome: Outcome | None, reason: str | None, decisions: Iterable[Any]) -> None:
    click.echo(f"outcome: {outcome or 'waiting'}" + (f" ({_printable(reason)})" if reason else ""))
    for step in decisions:
        click.echo(f"  {step['rule']}: {_printable(step['detail'] or 'no')}")


def _printable(text: str) -> str:
    """What strangers wrote must not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
