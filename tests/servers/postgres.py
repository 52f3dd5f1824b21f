"""PostgreSQL: one of our own, or the one that TEST_DATABASE_URL names."""

import os

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import make_url

from tests.servers.cluster import Cluster
from tests.servers.server import Server


class Postgres(Server):
    """Databases by name. A clone of a template is cheap: prepare one database, then copy it for every test.

    Without `fsync` a power cut may lose what was committed; a killed server loses nothing either way.
    """

    def __init__(self, *, fsync: bool = False) -> None:
        given = os.environ.get("TEST_DATABASE_URL")
        self._cluster = None if given else Cluster(fsync=fsync)
        self.url = _with_driver(given, "postgresql+psycopg") if given else self._own().url

    @property
    def is_ours(self) -> bool:
        """Whether the server may be stopped and restarted. The one that TEST_DATABASE_URL names may not."""
        return self._cluster is not None

    def start(self) -> None:
        if self._cluster:
            self._cluster.start()

    def stop(self) -> None:
        if self._cluster:
            self._cluster.stop()

    def restart(self) -> None:
        """Cut every session and come back, on the same port."""
        self._own().stop()
        self._own().start()

    def kill(self) -> None:
        """End at once, as in a power cut; `start()` then recovers."""
        self._own().kill()

    def discard(self) -> None:
        if self._cluster:
            self._cluster.discard()

    def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database, as a copy of the template if one is named, and return its URL.

        Nobody may be connected to the template meanwhile. Its files are copied, which takes half the time of writing
        each of its pages anew.
        """
        copy = SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        self._execute(copy.format(Identifier(name), Identifier(template or "template1")))
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Drop the database, whoever is connected. Dropping a missing one changes nothing."""
        self._execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def url_of(self, name: str) -> str:
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def _own(self) -> Cluster:
        if self._cluster is None:
            raise RuntimeError("The server that TEST_DATABASE_URL names is not ours to stop.")
        return self._cluster

    def _execute(self, statement: Composed) -> None:
        with psycopg.connect(_with_driver(self.url, "postgresql"), autocommit=True) as connection:
            connection.execute(statement)


def _with_driver(url: str, name: str) -> str:
    return make_url(url).set(drivername=name).render_as_string(hide_password=False)
