"""Live updates by a real server: so many streams, of which none keeps it from stopping or outlives its link."""

import http.client
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest

from app.cases.links import Purpose, link_for, revoke_links, secret_of
from app.cases.models import Case
from app.cases.queries import case_by_reference
from app.people.persons import known_person
from app.portal.places import FOR_CUSTOMERS
from app.transaction import transaction
from tests.house import PATIENCE, House

UNA = "una@customer.test"
SOON = 5.0


class Reader:
    """Somebody with a link, who follows the page of his case."""

    def __init__(self, house: House, address: str) -> None:
        self.house, self.address = house, address
        creator = {"creator": {"email": address}, "subject": "Help", "message": "It burns!"}
        self.case = house.call("POST", "/cases", creator).json
        with house.inside(), transaction():
            secret = secret_of(link_for(self.found(), known_person(address, field="address"), Purpose.CASE))
        with self._asked(f"/c/{secret}") as answer:
            self.path, self.cookie = answer.headers["Location"], answer.headers["Set-Cookie"].partition(";")[0]

    def found(self) -> Case:
        """Her case, inside."""
        found = case_by_reference(self.case["reference"])
        assert found is not None
        return found

    @contextmanager
    def _asked(self, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
        self.plug = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=PATIENCE)
        self.plug.request("GET", path, headers=headers)
        with closing(self.plug), self.plug.getresponse() as lines:
            yield lines

    @contextmanager
    def stream(self) -> Iterator[http.client.HTTPResponse]:
        """Her stream, or why there is none."""
        with self._asked(f"{self.path}/live", Cookie=self.cookie) as lines:
            yield lines

    def status(self) -> int:
        with self.stream() as lines:
            return lines.status


def next_line(lines: http.client.HTTPResponse, beginning: str) -> str:
    """The next line that begins so; nothing when the stream has ended."""
    while (line := lines.readline().decode()) and not line.startswith(beginning):
        pass
    return line


@pytest.fixture
def una(house: House) -> Reader:
    house.start("web")
    return Reader(house, UNA)


def test_what_one_process_writes_another_one_tells(house: House, una: Reader) -> None:
    with una.stream() as lines:
        next_line(lines, "data: changed")
        message = {"from": UNA, "message": "Over there!"}
        began = time.monotonic()
        assert house.call("POST", f"/cases/{una.case['uuid']}/messages", message).status == 201
        assert next_line(lines, "data: changed")
        assert time.monotonic() - began < SOON


def test_beyond_their_places_streams_are_refused_and_whoever_hangs_up_gives_his_back(house: House, una: Reader) -> None:
    others = [Reader(house, f"other{number}@customer.test") for number in range(FOR_CUSTOMERS.most)]
    with ExitStack() as streams:
        for one in others:
            lines = streams.enter_context(one.stream())
            assert lines.status == 200
            next_line(lines, "data: changed")
        with una.stream() as refused:
            assert (refused.status, refused.headers["Retry-After"]) == (503, "10")
            assert refused.read().startswith(b"As many pages are open")
        assert house.call("GET", "/cases").status == 200
    house.until(lambda: una.status() == 200, "a place to be free")


def test_a_server_that_is_told_to_stop_hangs_up_on_streams_at_once(house: House, una: Reader) -> None:
    with una.stream() as lines:
        next_line(lines, "data: changed")
        began = time.monotonic()
        house.running["web"].terminate()
        assert not next_line(lines, "data: changed")
        assert una.plug.sock.recv(1) == b""  # or it would wait for the next request on it
        assert time.monotonic() - began < 2
        house.stop()
        assert time.monotonic() - began < SOON


def test_a_stream_ends_when_its_link_is_revoked(house: House, una: Reader) -> None:
    with una.stream() as lines:
        next_line(lines, "data: changed")
        with house.inside(), transaction():
            revoke_links(una.found(), known_person(UNA, field="una"))
        began = time.monotonic()
        house.call("POST", f"/cases/{una.case['uuid']}/close")
        assert next_line(lines, "event: over")
        assert time.monotonic() - began < SOON
    assert una.status() == 410
