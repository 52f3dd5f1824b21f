"""`casey mail`: looking at mail by hand."""

from pathlib import Path

import click
from flask import Flask

from app.cli.application import application
from app.extensions import db
from app.mail.deciding.outcomes import decide
from app.mail.intake.taking import take_in_directly
from app.mail.mailboxes import API
from app.mail.reading.room import read
from app.transaction import rehearsal


@click.group()
def mail() -> None:
    """Look at mail."""


@mail.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@application
def simulate(app: Flask, file: Path) -> None:
    """Print what would be decided about the mail in FILE, without doing it."""
    raw = file.read_bytes()
    mail = read(raw)
    with rehearsal():
        inbound = take_in_directly(API, raw)
        decide(inbound, mail)
        db.session.flush()
        click.echo(f"outcome: {inbound.outcome}" + (f" ({inbound.reason})" if inbound.reason else ""))
        for step in inbound.decisions:
            click.echo(f"  {step['rule']}: {step['detail'] or 'no'}")
