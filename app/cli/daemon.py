"""`caseyd`: everything in the foreground, as one."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import click
from flask import Flask

from app import create_app
from app.cli.first_start import owner_key
from app.cli.migrating import alone, migrate_database
from app.cli.store import StoreUnavailable, valkey_child
from app.cli.supervisor import Child, supervise
from app.cli.welcome import welcome
from app.config.deployment import Deployment, deployment
from app.config.sources import BadConfiguration
from app.errors import CaseyError
from app.files.storing import check_store

ROOT = Path(__file__).parent.parent.parent
PROCESSES = ("web", "worker", "ticker")
# Of each web process. Answers that last hold one each: see app.api.streaming and app.portal.places.
THREADS = 24


@click.command()
@click.option("--config", type=click.Path(), help="The configuration file, instead of CASEY_CONFIG_FILE.")
@click.option(
    "--only",
    type=click.Choice(PROCESSES),
    multiple=True,
    help="Run just these, on a machine of their own; needs DATABASE_URL and REDIS_URL.",
)
def caseyd(config: str | None, only: tuple[str, ...]) -> None:
    """Run Casey in the foreground: the store, the web server, the workers and the ticker. Ctrl-C stops it cleanly.

    The environment says where: HOST (127.0.0.1), PORT (8025), CASEY_DATA_DIR (./var), DATABASE_URL (SQLite in the data
    directory), REDIS_URL (else the bundled Valkey), CASEY_BASE_URL (how people reach us), CASEY_SECRET_KEY,
    CASEY_BOOTSTRAP_KEY, CASEY_TRUSTED_HOSTS, CASEY_WEB_PROCESSES (1), CASEY_WORKERS (2), CASEY_REQUEST_PATIENCE
    (20 seconds), CASEY_JOB_PATIENCE (240 seconds), CASEY_S3_BUCKET (else files lie in the data directory), and a
    variable for each setting, such as CASEY_MAIL_ADDRESS.
    """
    if config:
        os.environ["CASEY_CONFIG_FILE"] = config
    try:
        sys.exit(run(dict(os.environ), only or PROCESSES))
    except (BadConfiguration, CaseyError, StoreUnavailable) as error:
        raise click.ClickException(str(error)) from error


def run(environ: dict[str, str], names: tuple[str, ...]) -> int:
    """Prepare the database and the first key, then run the children until told to stop."""
    where = deployment(environ)
    environ |= _resolved(where)
    children = []
    if where.redis_url is None:
        _check_alone(names)
        store, environ["REDIS_URL"] = valkey_child(where.data_dir)
        children.append(store)
    if "web" in names:
        _check_port(where)
    app = create_app(environ)
    with app.app_context():
        check_store()
    key = None
    with alone(app):
        migrate_database(app)
        if "web" in names:
            key = owner_key(app, where)
    children += [child for name in names for child in programs(name, where, environ)]
    return supervise(children, when_ready=lambda: _welcome(app, where, key, names))


def _resolved(where: Deployment) -> dict[str, str]:
    """Places without reference to where we stand: the web server stands elsewhere."""
    return {
        "CASEY_DATA_DIR": str(where.data_dir),
        "CASEY_CONFIG_FILE": str(where.config_file),
        "DATABASE_URL": where.database_url,
    }


def _check_alone(names: tuple[str, ...]) -> None:
    """Raises BadConfiguration for parts of Casey without the store they would share with the others."""
    if names != PROCESSES:
        raise BadConfiguration("--only needs REDIS_URL, and DATABASE_URL, which the other parts of Casey use too.")


def _welcome(app: Flask, where: Deployment, key: str | None, names: tuple[str, ...]) -> None:
    if "web" not in names:
        click.echo(f"Casey's {' and '.join(names)} are running.")
        return
    with app.app_context():
        click.echo(welcome(where, key))


def programs(name: str, where: Deployment, environ: Mapping[str, str]) -> list[Child]:
    """The processes that are the web server, the workers, or the ticker."""
    if name == "web":
        return [Child("web", _gunicorn(where, environ), environ, ready=lambda: _listens(where), hint="see above")]
    if name == "ticker":
        return [Child("ticker", [sys.executable, str(ROOT / "worker.py"), "ticker"], environ)]
    count = _count(environ, "CASEY_WORKERS", 2)
    return [
        Child(f"worker {number + 1}", [sys.executable, str(ROOT / "worker.py")], environ) for number in range(count)
    ]


def _gunicorn(where: Deployment, environ: Mapping[str, str]) -> list[str]:
    options = {
        "bind": _bind(where),
        "chdir": str(ROOT),
        "worker-class": "gthread",
        "workers": str(_count(environ, "CASEY_WEB_PROCESSES", 1)),
        "threads": str(THREADS),
        "graceful-timeout": "20",
        "keep-alive": "15",
        "log-level": "warning",
        "config": "python:app.cli.serving",
        "forwarded-allow-ips": "",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "gunicorn", "--no-control-socket", *words, "wsgi:app"]


def _count(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise BadConfiguration(f"{name} must be a number from 1 to 64, not {text}.")
    return int(text)


def _bind(where: Deployment) -> str:
    return f"[{where.host}]:{where.port}" if ":" in where.host else f"{where.host}:{where.port}"


def _check_port(where: Deployment) -> None:
    """Raises BadConfiguration when the address cannot be listened on, before anything is started."""
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((where.host, where.port))
        except OSError as error:
            raise BadConfiguration(
                f"Casey cannot listen at {_bind(where)} ({error.strerror}): stop what does, or set HOST and PORT."
            ) from error


def _listens(where: Deployment) -> bool:
    """Whether the web server answers."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where.host, where.host)
    try:
        with socket.create_connection((host, where.port), timeout=1) as plug:
            plug.sendall(b"GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n")
            return b" 200 " in plug.recv(64)
    except OSError:
        return False
