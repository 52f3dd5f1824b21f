"""A server that speaks as S3 does, with a bucket in it."""

from datetime import datetime
from typing import Any

from moto.backends import get_backend
from moto.server import ThreadedMotoServer

from tests.servers.ports import LOOPBACK, free_port
from tests.servers.server import Server

ACCOUNT, PARTITION = "123456789012", "aws"


class S3Server(Server):
    """moto in a thread, so that one can look behind it."""

    bucket = "casey-files"

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://{LOOPBACK}:{self.port}"
        self._server = ThreadedMotoServer(LOOPBACK, self.port, verbose=False)

    def start(self) -> None:
        self._server.start()
        if self.bucket not in self._backend().buckets:  # all servers of a process have one memory
            self._backend().create_bucket(self.bucket, "us-east-1")

    def stop(self) -> None:
        self._server.stop()

    def objects(self) -> dict[str, Any]:
        """All that lies in the bucket, by its key."""
        return dict(self._backend().buckets[self.bucket].keys.items())

    def date(self, key: str, moment: datetime) -> None:
        """Say of an object that it was put at another moment."""
        self._backend().get_object(self.bucket, key).last_modified = moment.replace(tzinfo=None)

    def content(self, key: str) -> bytes:
        found: bytes = self._backend().get_object(self.bucket, key).value
        return found

    def put(self, key: str, content: bytes) -> None:
        self._backend().put_object(self.bucket, key, content)

    def lose(self, key: str) -> None:
        self._backend().delete_object(self.bucket, key)

    def _backend(self) -> Any:
        return get_backend("s3")[ACCOUNT][PARTITION]
