"""How a command gets its application, and how it says what is wrong."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import click
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.config.sources import BadConfiguration
from app.errors import CaseyError

P = ParamSpec("P")
R = TypeVar("R")


def application(command: Callable[Concatenate[Flask, P], R]) -> Callable[P, R]:
    """Run a command inside the application. Every error a person can cause becomes one plain line."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            app = create_app()
            with app.app_context():
                return command(app, *args, **kwargs)
        except (BadConfiguration, CaseyError) as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error)).splitlines()[0]
            raise click.ClickException(
                f"The database cannot be used: {reason}. Is it there, and has `casey migrate` been run?"
            ) from error

    return run
