"""`casey import`: taking over what another system holds."""

import click
from flask import Flask

from app.cli.application import application
from app.takeover.running import take_over
from app.takeover.source import Source


@click.group(name="import")
def import_() -> None:
    """Take over persons and cases from another system."""


@import_.command()
@click.argument("url")
@click.option("--email", required=True, help="E-mail address of a staff member with full access.")
@click.option("--key", required=True, envvar="CASEY_IMPORT_KEY", help="His API key, or CASEY_IMPORT_KEY instead.")
@application
def deskie(app: Flask, url: str, email: str, key: str) -> None:
    """Take over a live Deskie account, such as https://shop.deskie.io.

    Staff, groups, users, labels and cases with messages, notes, files and ratings are read by its API and kept here.
    Nobody is mailed. Staff who are new here are disabled until you enable them. Whatever was taken over before stays as
    it is, so that the command can be stopped and run again at any time: it goes on where it stopped.
    """
    counts = take_over(Source(url, email, key), click.echo)
    click.echo("Done. " + ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) + ".")
