"""`make bench`: prints each speed as a ratio to a limit measured in the same run."""

import sys

from bench import deskie, http, kayako, known, mail, pages, reading, sla, start
from tests.servers.postgres import Postgres

PARTS = {
    "http": http,
    "mail": mail,
    "reading": reading,
    "deskie": deskie,
    "kayako": kayako,
    "sla": sla,
    "pages": pages,
    "known": known,
}


def main() -> None:
    """Measure on SQLite and on PostgreSQL with its usual, durable commits: all, or the parts that are named."""
    parts = [PARTS[name] for name in sys.argv[1:] or PARTS]
    print(start.figures(), flush=True)
    for part in parts:
        for figure in part.figures(None):
            print(f"SQLite      {figure}", flush=True)
    with Postgres(fsync=True) as server:
        for part in parts:
            name = f"bench_{part.__name__.rpartition('.')[2]}"
            for figure in part.figures(server.create_database(name)):
                print(f"PostgreSQL  {figure}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
