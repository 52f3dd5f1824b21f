"""Mail through the whole pipeline, by one and by two workers, beside its slowest parts alone."""

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask

from bench import limits
from bench.crew import Shift, finish, work
from bench.limits import MAILS, fill
from bench.mails import servers
from bench.place import casey
from tests.house import SUPPORT
from tests.servers.dovecot import Dovecot
from tests.servers.outside import OutsideWorld

ROUNDS = 3
WARM_UP = 20


@dataclass(frozen=True)
class MailFigure:
    """Mails a second, as a median; the limits of the same run; and the most memory a worker used."""

    name: str
    rate: float
    limits: Mapping[str, float]
    megabytes: int

    def __str__(self) -> str:
        slowest = min(self.limits, key=lambda name: self.limits[name])
        ratio = self.rate / self.limits[slowest]
        found = ", ".join(f"{name} {rate:.0f}/s" for name, rate in self.limits.items())
        return f"{self.name:34} {self.rate:8.0f}/s   {ratio:5.2f} of {slowest}; {self.megabytes} MB ({found})"


def figures(database_url: str | None) -> Iterator[MailFigure]:
    """Intake from a real mailbox to decided mails, and sending from queued mails to a real server."""
    with servers() as (dovecot, world, settings), casey(database_url, **settings) as (app, _):
        environ = environment(app, database_url, settings)
        for workers in (1, 2):
            yield intake(app, dovecot, environ, workers)
            yield sending(app, dovecot, world, environ, workers)


def environment(app: Flask, database_url: str | None, settings: Mapping[str, str]) -> dict[str, str]:
    """What makes another process the same Casey."""
    place = str(app.extensions["casey.configuration"].deployment.data_dir)
    return {"CASEY_DATA_DIR": place, **({"DATABASE_URL": database_url} if database_url else {}), **settings}


def intake(app: Flask, dovecot: Dovecot, environ: Mapping[str, str], workers: int) -> MailFigure:
    """From the mailbox to decided mails, each of which opens a case."""
    rounds = []
    for _ in range(ROUNDS):
        fill(dovecot, SUPPORT, WARM_UP)
        shift = work("intake", workers, environ, prepare=lambda: fill(dovecot, SUPPORT))
        rounds.append((shift, limits.of_intake(app, dovecot)))
    return _figure("mail in", workers, rounds)


def sending(app: Flask, dovecot: Dovecot, world: OutsideWorld, environ: Mapping[str, str], workers: int) -> MailFigure:
    """From queued mails, one of each case that was opened, to a server that took them."""
    rounds = []
    for _ in range(ROUNDS):
        shift = work("sending", workers, environ, prepare=lambda: _open_cases(app, dovecot))
        rounds.append((shift, limits.of_sending(app, world)))
    return _figure("mail out", workers, rounds)


def _open_cases(app: Flask, dovecot: Dovecot) -> None:
    """As many as mails are to be sent."""
    fill(dovecot, SUPPORT)
    with app.app_context():
        finish("intake")


def _figure(name: str, workers: int, rounds: list[tuple[Shift, Mapping[str, float]]]) -> MailFigure:
    return MailFigure(
        f"{name}, {workers} worker{'s' if workers > 1 else ''}",
        statistics.median(MAILS / shift.seconds for shift, _ in rounds),
        {part: statistics.median(found[part] for _, found in rounds) for part in rounds[0][1]},
        max(shift.megabytes for shift, _ in rounds),
    )
