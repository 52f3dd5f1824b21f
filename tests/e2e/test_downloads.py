"""Files as they come out of the real web server, which sends them in its own way."""

import urllib.request
from collections.abc import Iterator

import pytest

from app.cases.content import Content
from app.cases.opening import open_case
from app.cases.queries import first_post
from app.files.s3_client import hang_up
from app.people.persons import find_or_create_person
from app.transaction import transaction
from tests.files.posts import PNG, a_file, a_picture
from tests.files.shelves import Objects
from tests.house import House
from tests.servers.s3 import S3Server

SIZES = (0, 5, 13, 4096, 5000, 300_000)


@pytest.fixture
def s3() -> Iterator[S3Server]:
    with S3Server() as server:
        yield server
        hang_up()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_byte_of_a_file_arrives(house: House) -> None:
    check_every_byte(house)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_every_byte_of_a_file_in_s3_arrives(house: House, s3: S3Server) -> None:
    objects = Objects(s3.url, s3, "house")
    house.environ.update(objects.variables)
    check_every_byte(house)
    assert len(objects.lying_there()) == len(SIZES) + 1


def check_every_byte(house: House) -> None:
    contents = {f"{size}.bin": bytes(number % 251 for number in range(size)) for size in SIZES}
    files = [*(a_file(name, content) for name, content in contents.items()), a_picture("screen.png")]
    with house.inside(), transaction():
        una = find_or_create_person("una@customer.test")
        case = open_case(una, "Files", "See the files.", channel="mail", content=Content(files=tuple(files)))
        places = {one.name: str(one.uuid) for one in first_post(case).attachments}
    house.start("web")
    for name, content in {**contents, "screen.png": PNG}.items():
        assert download(house, places[name]) == content, name
    assert download(house, places["300000.bin"], Range="bytes=200000-200099") == contents["300000.bin"][200_000:200_100]


def download(house: House, uuid: str, **headers: str) -> bytes:
    """A file, by the API."""
    address = f"http://127.0.0.1:{house.port}/api/casey/v1/attachments/{uuid}"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {house.key}", **headers})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return bytes(answer.read())
