"""`casey`: what an operator does by hand."""

import json
import os

import click
from flask import Flask

from app.cli import commands_import, commands_keys, commands_mail
from app.cli.application import application
from app.cli.migrating import migrate_database
from app.config import deployed
from app.config.settings import DECLARED, variable
from app.mail.sandbox import sandbox_secret
from app.overrides import shown_settings


@click.group()
@click.option("--config", type=click.Path(), help="The configuration file, instead of CASEY_CONFIG_FILE.")
def casey(config: str | None) -> None:
    """Administer Casey, the headless support-case service.

    The commands work on the data that CASEY_DATA_DIR and DATABASE_URL name, whether Casey runs or not.
    """
    if config:
        os.environ["CASEY_CONFIG_FILE"] = config


casey.add_command(commands_keys.key)
casey.add_command(commands_mail.mail)
casey.add_command(commands_import.import_)


@casey.command()
@application
def migrate(app: Flask) -> None:
    """Bring the database up to date. `caseyd` does this by itself."""
    migrate_database(app)
    click.echo("The database is up to date.")


@casey.group()
def config() -> None:
    """Look at the settings."""


@config.command()
@application
def show(app: Flask) -> None:
    """Print every setting as it is now, secrets masked, as JSON."""
    click.echo(json.dumps(shown_settings(), indent=2))


@config.command()
def table() -> None:
    """Print the table of all settings, in Markdown, as the README has it."""
    click.echo(settings_table())


def settings_table() -> str:
    """Every declared setting with its kind, default, variable and meaning, as a Markdown table."""
    rows = [
        f"| `{name}` | {one.metadata['kind'].name} | `{json.dumps(one.metadata['default'])}` | `{variable(name)}` "
        f"| {one.metadata['help']} |"
        for name, one in DECLARED.items()
    ]
    return "\n".join(["| key | type | default | environment | meaning |", "|---|---|---|---|---|", *rows])


@casey.command()
@application
def sandbox(app: Flask) -> None:
    """Print the address that opens the sandbox pages."""
    click.echo(f"{deployed().base_url}/sandbox/open/{sandbox_secret(deployed())}")
