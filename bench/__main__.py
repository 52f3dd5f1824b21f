"""`make bench`: prints each speed as a ratio to a limit measured in the same run."""

import sys

from bench import http, mail, start
from tests.servers.postgres import Postgres


def main() -> None:
    """Measure on SQLite and on PostgreSQL with its usual, durable commits."""
    print(start.figures(), flush=True)
    for part in (http, mail):
        for figure in part.figures(None):
            print(f"SQLite      {figure}", flush=True)
    with Postgres(fsync=True) as server:
        for part in (http, mail):
            name = f"bench_{part.__name__.rpartition('.')[2]}"
            for figure in part.figures(server.create_database(name)):
                print(f"PostgreSQL  {figure}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
