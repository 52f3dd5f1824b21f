"""`casey key`: API keys."""

from uuid import UUID

import click
from flask import Flask

from app.cli.application import application
from app.people.credentials import create_key, key_by_uuid, keys_page, revoke_key
from app.people.models import Role
from app.people.persons import known_person
from app.transaction import reading, transaction

ROLES = [role for role in Role if role is not Role.CUSTOMER]


@click.group()
def key() -> None:
    """Make, list and revoke API keys."""


@key.command()
@click.option("--role", type=click.Choice([str(role) for role in ROLES]), required=True, help="What the key may do.")
@click.option("--name", default="command line", show_default=True, help="What the key is for.")
@click.option("--person", help="E-mail address of the team member it belongs to; without it, the operator's.")
@application
def create(app: Flask, role: str, name: str, person: str | None) -> None:
    """Make a key and print it, this one time."""
    with transaction():
        owner = known_person(person, field="person") if person else None
        _, secret = create_key(name, Role(role), person=owner, by=None)
    click.echo(secret)


@key.command(name="list")
@application
def index(app: Flask) -> None:
    """List all keys, revoked ones too."""
    after = 0
    with reading():
        while found := keys_page(after=after, limit=100):
            for one in found:
                owner = one.person.name if one.person else "operator"
                state = "live" if one.live else "dead"
                click.echo(f"{one.uuid}  {state}  {one.role:12}  {owner}: {one.name}")
            after = found[-1].id


@key.command()
@click.argument("uuid", type=click.UUID)
@application
def revoke(app: Flask, uuid: UUID) -> None:
    """Revoke the key with this UUID."""
    with transaction():
        revoke_key(key_by_uuid(uuid), by=None)
    click.echo("Revoked.")
