"""Calls to the API, many of a kind, beside the floor under the same calls."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from bench.floor import floor_under
from bench.measuring import Figure, compare

API = "/api/casey/v1"
_numbers = itertools.count(1)


class Caller:
    """Does one kind of call so many times; each method says how many."""

    def __init__(self, app: Flask, calls: int, key: str, answered: Callable[[TestResponse], object]) -> None:
        self.client, self.calls, self.answered = app.test_client(), calls, answered
        self.headers, self.last = {"Authorization": f"Bearer {key}"}, ""

    def create(self) -> int:
        for _ in range(self.calls):
            creator = {"email": f"new{next(_numbers)}@world.test"}
            answer = self._call("POST", 201, "/cases", {"creator": creator, "subject": "Help", "message": "It burns!"})
        self.last = answer.json["uuid"]
        return self.calls

    def get(self, path: str) -> int:
        for _ in range(self.calls):
            self._call("GET", 200, path)
        return self.calls

    def _call(self, method: str, status: int, path: str, body: Any = None) -> TestResponse:
        answer = self.client.open(f"{API}{path}", method=method, json=body, headers=self.headers)
        assert answer.status_code == status
        self.answered(answer)
        return answer


@dataclass(frozen=True)
class Beside:
    """Who calls Casey, and who calls the bare application that does his calls again."""

    casey: Caller
    bare: Caller

    def create(self, name: str) -> Figure:
        return compare(name, self.casey.create, "its floor", self.bare.create)

    def get(self, name: str, path: str) -> Figure:
        return compare(name, partial(self.casey.get, path), "its floor", partial(self.bare.get, path))


@contextmanager
def beside_floor(app: Flask, key: str, calls: int) -> Iterator[Beside]:
    """So many calls at a time, of each kind."""
    with floor_under(app) as (floor, bare):
        yield Beside(Caller(app, calls, key, floor.answered), Caller(bare, calls, "", lambda answer: None))
