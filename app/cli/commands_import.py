"""`casey import`: taking over what another system holds."""

from collections import Counter
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from flask import Flask

from app.cli.application import application
from app.takeover.deskie import taking as from_deskie
from app.takeover.deskie.source import DeskieSource
from app.takeover.kayako import taking as from_kayako
from app.takeover.kayako.source import KayakoSource

P = ParamSpec("P")
R = TypeVar("R")


@click.group(name="import")
def import_() -> None:
    """Take over persons and cases from another system."""


def of_an_account(command: Callable[P, R]) -> Callable[P, R]:
    """A command needs to be told where the account is, and who may read all of it."""
    key = click.option(
        "--key", required=True, envvar="CASEY_IMPORT_KEY", help="His API key, or CASEY_IMPORT_KEY instead."
    )
    email = click.option("--email", required=True, help="E-mail address of a staff member with full access.")
    return click.argument("url")(email(key(command)))


@import_.command()
@of_an_account
@application
def deskie(app: Flask, url: str, email: str, key: str) -> None:
    """Take over a live Deskie account, such as https://shop.deskie.io.

    Staff, groups, users, labels and cases with messages, notes, files and ratings are read by its API and kept here.
    Nobody is mailed. Staff who are new here are disabled until you enable them. Whatever was taken over before stays as
    it is, so that the command can be stopped and run again at any time: it goes on where it stopped.
    """
    _say(from_deskie.take_over(DeskieSource(url, email, key), click.echo))


@import_.command()
@of_an_account
@application
def kayako(app: Flask, url: str, email: str, key: str) -> None:
    """Take over a live Kayako account, such as https://shop.kayako.com.

    Fields, forms, teams, organizations, users, tags and cases with messages, notes, files and ratings are read by its
    API and kept here; the key may be a password, where the account knows no keys. Nobody is mailed. Staff who are new
    here are disabled until you enable them. Whatever was taken over before stays as it is, so that the command can be
    stopped and run again at any time: it goes on where it stopped.

    The number of a case is a new one; its external id is the address of the account, a # and the number there.
    """
    _say(from_kayako.take_over(KayakoSource(url, email, key), click.echo))


def _say(counts: Counter[str]) -> None:
    click.echo("Done. " + ", ".join(f"{count:,} {name}" for name, count in sorted(counts.items())) + ".")
