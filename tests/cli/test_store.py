import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from app.cli import store
from app.cli.store import StoreUnavailable, valkey_child


@contextmanager
def running(data_dir: Path, stop_with: int = signal.SIGTERM) -> Iterator[redis.Redis]:
    child, url = valkey_child(data_dir)
    assert child.ready
    with subprocess.Popen(child.argv) as process:
        try:
            while not child.ready():
                assert process.poll() is None, (data_dir / "valkey/valkey.log").read_text()
                time.sleep(0.005)
            with redis.Redis.from_url(url) as client:
                yield client
        finally:
            process.send_signal(stop_with)


@pytest.fixture
def short() -> Iterator[Path]:
    """A directory whose name leaves room for a socket's, which pytest's own does not always."""
    with tempfile.TemporaryDirectory(dir="/tmp") as directory:
        yield Path(directory)


def test_the_store_answers_at_its_url_once_it_is_ready(short):
    with running(short) as client:
        assert client.ping()


def test_the_store_is_on_no_network_and_open_to_nobody_else(short):
    with running(short) as client:
        assert client.config_get("port") == {"port": "0"}
        assert (short / "valkey/valkey.sock").stat().st_mode & 0o777 == 0o700
        assert (short / "valkey").stat().st_mode & 0o777 == 0o700


def test_the_store_never_throws_a_job_away_for_want_of_memory(short):
    with running(short) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_store_keeps_what_it_was_given_over_its_own_end(short, end):
    with running(short, stop_with=end) as client:
        client.set("case", "664-245651")
    with running(short) as client:
        assert client.get("case") == b"664-245651"


@pytest.mark.parametrize("name", ["a b", "fälle?x=1&y#z%20", "quo'te\"s"])
def test_a_data_directory_may_have_any_name(short, name):
    with running(short / name) as client:
        assert client.ping()
    assert (short / name / "valkey/appendonlydir").is_dir()


def test_a_long_data_directory_gets_its_socket_elsewhere_and_always_at_the_same_place(short, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    deep = short / ("x" * 100)
    _, url = valkey_child(deep)
    assert "x" * 100 not in url
    assert valkey_child(deep)[1] == url
    with running(deep) as client:
        client.set("case", "664-245651")
    assert (deep / "valkey/appendonlydir").is_dir()
    [private] = short.glob("casey-*")
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_socket_directory_that_others_can_write_to_is_refused(short, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    deep = short / ("x" * 100)
    valkey_child(deep)
    [private] = short.glob("casey-*")
    private.chmod(0o777)
    with pytest.raises(StoreUnavailable, match="not ours alone"):
        valkey_child(deep)


def test_a_second_store_over_the_same_data_is_refused(short):
    with running(short), pytest.raises(StoreUnavailable, match="Casey already runs over"):
        valkey_child(short)


def test_a_platform_without_a_valkey_is_told_to_set_redis_url(short, monkeypatch):
    monkeypatch.setattr(store, "find_spec", lambda name: None)
    with pytest.raises(StoreUnavailable, match="set REDIS_URL") as refusal:
        valkey_child(short)
    assert "\n" not in str(refusal.value)


def test_a_wheel_without_a_program_is_no_store_either(short, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(StoreUnavailable, match="set REDIS_URL"):
        valkey_child(short)
