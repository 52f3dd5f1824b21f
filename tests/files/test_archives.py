"""Several files as one archive: made while it is sent, with names that harm nobody."""

import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from random import randbytes

import pytest

from app.files.archives import archived, entry_names
from app.files.kept import Kept

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)
LONG_AGO = datetime(1971, 1, 1, tzinfo=UTC)


# No program makes less of it: what comes again is too far away to be seen.
RANDOM = randbytes(1 << 20)


class Endless(io.RawIOBase):
    """Reads as so many bytes, of which none is held."""

    def __init__(self, size: int) -> None:
        self.left = size

    def read(self, size: int = -1) -> bytes:
        piece = min(size, self.left, len(RANDOM))
        self.left -= piece
        return RANDOM[:piece]


def unpacked(*contents: tuple[str, bytes], at: datetime = NOW) -> zipfile.ZipFile:
    by_sha = {str(number): content for number, (_, content) in enumerate(contents)}
    named = [(name, Kept(str(number), len(content))) for number, (name, content) in enumerate(contents)]
    pieces = archived(named, at, lambda kept: io.BytesIO(by_sha[kept.sha256]))
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["a.pdf", "A.PDF", "a.pdf"], ["a.pdf", "A (2).PDF", "a (3).pdf"]),
        (["../../etc/passwd", "..", "C:\\x.exe"], ["_.._etc_passwd", "file", "C__x.exe"]),
        (["con.txt", "LPT1", "concert.txt"], ["_con.txt", "_LPT1", "concert.txt"]),
        (["a\nb\x00.txt", " . ", 'a"b?.txt'], ["a_b_.txt", "file", "a_b_.txt".replace(".", " (2).")]),
        (["a\u202egpj.exe", "con .txt", "COM\u00b9.txt", "-rf"], ["agpj.exe", "_con .txt", "_COM\u00b9.txt", "_-rf"]),
        (["\u00e9.txt", "e\u0301.txt"], ["\u00e9.txt", "\u00e9 (2).txt"]),
        (["Übersicht für 日本.pdf"], ["Übersicht für 日本.pdf"]),
        (["x" * 300 + ".pdf"] * 2, ["x" * 116 + ".pdf", "x" * 112 + " (2).pdf"]),
    ],
)
def test_an_entry_has_a_name_that_is_safe_and_its_own(names: list[str], called: list[str]) -> None:
    assert entry_names(names) == called


def test_an_archive_holds_each_content_byte_by_byte() -> None:
    found = unpacked(("a.txt", b"one"), ("a.txt", b"two"), ("日本.bin", bytes(range(256)) * 1000), ("none", b""))
    assert found.testzip() is None
    assert {name: found.read(name) for name in found.namelist()} == {
        "a.txt": b"one",
        "a (2).txt": b"two",
        "日本.bin": bytes(range(256)) * 1000,
        "none": b"",
    }
    assert found.infolist()[0].date_time == (2026, 5, 4, 10, 30, 0)
    assert unpacked(("a", b""), at=LONG_AGO).infolist()[0].date_time[0] == 1980


def test_an_archive_of_any_size_is_made_in_little_room() -> None:
    size = 50_000_000
    tracemalloc.start()
    pieces = archived([("a.bin", Kept("", size)), ("b.bin", Kept("", size))], NOW, lambda _: Endless(size))
    assert sum(map(len, pieces)) > 2 * size
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_every_entry_can_be_read_from_front_to_back() -> None:
    """Programs that read a stream believe sizes behind a content only where it is deflated."""
    assert {one.compress_type for one in unpacked(("a.txt", b"one"), ("b.bin", b"")).infolist()} == {
        zipfile.ZIP_DEFLATED
    }


def test_a_text_stands_for_what_the_store_has_lost() -> None:
    def opened(kept: Kept) -> io.BytesIO:
        if kept.sha256 == "lost":
            raise FileNotFoundError(kept.sha256)
        return io.BytesIO(b"here")

    pieces = archived([("a.txt", Kept("lost", 4)), ("b.txt", Kept("here", 4))], NOW, opened)
    found = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert found.namelist() == ["a.txt (missing).txt", "b.txt"]
    assert found.read("a.txt (missing).txt") == b"This file is no longer there.\n"
