"""A store of contents in S3, or in what speaks as S3 does: ``ab/cd/abcd...``, below a prefix."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BufferedReader
from typing import Any, BinaryIO

from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError

from app.clock import now
from app.config.bucket import Bucket
from app.config.sources import BadConfiguration
from app.files.kept import Kept, StoreAway
from app.files.s3_client import client_of
from app.files.s3_content import S3Content

DIGITS = 64
YOUNG = timedelta(hours=12)  # long before a sweep may take it for a stray
BUFFER = 64 * 1024
ABSENT = {"404", "NoSuchKey", "NotFound"}
NEEDS = "s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject"

log = logging.getLogger(__name__)


class S3:
    """Keeps each content under its SHA-256, in one piece: it is there whole or not at all. Raises StoreAway."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._client = client_of(bucket)

    def put(self, sha256: str, size: int, content: BinaryIO) -> None:
        """Keep a content. One that is there already, and young, is not sent again."""
        found = self._head(sha256)
        if found and found["ContentLength"] == size and found["LastModified"] > now() - YOUNG:
            return
        checksum = b64encode(bytes.fromhex(sha256)).decode()
        with _asking("put"):
            self._client.put_object(**self._at(sha256), Body=content, ContentLength=size, ChecksumSHA256=checksum)

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileNotFoundError for a content that is not there. Its bytes come as they are read."""
        found = self._head(sha256)
        if found is None:
            raise FileNotFoundError(sha256)

        def body_from(position: int) -> Any:
            with _asking("get"):
                return self._client.get_object(**self._at(sha256), Range=f"bytes={position}-")["Body"]

        return BufferedReader(S3Content(found["ContentLength"], body_from, _asking), BUFFER)

    def remove(self, sha256: str) -> None:
        """Keep a content no longer. One that is not there stays so."""
        with _asking("delete"):
            self._client.delete_object(**self._at(sha256))

    def aged(self, part: str, before: datetime) -> Iterator[Kept]:
        """What begins so and was put for the last time before this moment."""
        pages = self._client.get_paginator("list_objects_v2")
        with _asking("list"):
            for page in pages.paginate(Bucket=self._bucket.name, Prefix=f"{self._bucket.prefix}{part}/"):
                for one in page.get("Contents", ()):
                    name = one["Key"].rpartition("/")[2]
                    if one["LastModified"] < before and len(name) == DIGITS:
                        yield Kept(name, one["Size"])

    def check(self) -> None:
        """Put something, list it and remove it. Raises BadConfiguration when that can never be, not when it is away."""
        name = self._bucket.name
        probe = {"Bucket": name, "Key": f"{self._bucket.prefix}check"}
        try:
            self._client.put_object(**probe, Body=b"")
            self._client.list_objects_v2(Bucket=name, Prefix=self._bucket.prefix, MaxKeys=1)
            self._client.delete_object(**probe)
        except ClientError as error:
            _refuse(error, name)
        except NoCredentialsError:
            raise BadConfiguration(
                "CASEY_S3_ACCESS_KEY_ID and CASEY_S3_SECRET_ACCESS_KEY are not set, and AWS knows no other keys here."
            ) from None
        except BotoCoreError as error:
            log.warning("the store of files cannot be reached yet: %s", error)

    def _head(self, sha256: str) -> Any:
        """What is said of a content, or None when there is none."""
        with _asking("head"):
            try:
                return self._client.head_object(**self._at(sha256))
            except ClientError as error:
                if _code(error) in ABSENT:
                    return None
                raise

    def _at(self, sha256: str) -> dict[str, str]:
        key = f"{self._bucket.prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"
        return {"Bucket": self._bucket.name, "Key": key}


@contextmanager
def _asking(what: str) -> Iterator[None]:
    """Whatever goes wrong in between, the store is away; what it was is for the log."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        log.warning("the store of files failed act=%s error=%s", what, error)
        raise StoreAway from error


def _code(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code"))


def _refuse(error: ClientError, name: str) -> None:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status == 404:
        raise BadConfiguration(f"CASEY_S3_BUCKET: there is no bucket {name} at this place.") from None
    if status in {301, 307, 400}:
        raise BadConfiguration(
            f"CASEY_S3_REGION or CASEY_S3_ENDPOINT_URL is not that of the bucket ({_code(error)})."
        ) from None
    if status in {401, 403}:
        raise BadConfiguration(
            f"CASEY_S3_ACCESS_KEY_ID may not use the bucket {name} ({_code(error)}). It needs {NEEDS}."
        ) from None
    log.warning("the store of files cannot be used yet: %s", error)
