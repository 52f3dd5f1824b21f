"""`make bench`: prints each speed as a ratio to a limit measured in the same run."""

from argparse import ArgumentParser
from types import ModuleType

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


def wanted() -> list[ModuleType]:
    """All parts, or those that the command names."""
    parser = ArgumentParser("python -m bench", description="Measure how fast Casey is here, on SQLite and PostgreSQL.")
    parser.add_argument("part", nargs="*", help=f"what to measure, everything without any: {', '.join(PARTS)}")
    named = parser.parse_args().part
    for name in named:
        if name not in PARTS:
            parser.error(f"There is no part {name}; there are {', '.join(PARTS)}.")
    return [PARTS[name] for name in named or PARTS]


def main() -> None:
    """Measure on SQLite and on PostgreSQL with its usual, durable commits."""
    parts = wanted()
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
    main()
