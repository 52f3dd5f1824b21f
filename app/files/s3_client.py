"""How S3 is spoken to: with short patience, and in a way that stores of other makers understand."""

from typing import Any

from boto3.session import Session
from botocore.config import Config

from app.config.bucket import Bucket

OPTIONS = {
    "connect_timeout": 3,
    "read_timeout": 10,
    "retries": {"mode": "standard", "total_max_attempts": 2},
    # Checksums of its own make it send bodies in a way that not every store understands; we send one ourselves.
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}

_clients: dict[tuple[str | None, ...], Any] = {}


def client_of(bucket: Bucket) -> Any:
    """The client of this process; its threads share it, and its connections."""
    place = (bucket.endpoint_url, bucket.region, bucket.access_key_id, bucket.secret_access_key)
    if place not in _clients:
        _clients[place] = Session().client(
            "s3",
            endpoint_url=bucket.endpoint_url,
            region_name=bucket.region,
            aws_access_key_id=bucket.access_key_id,
            aws_secret_access_key=bucket.secret_access_key,
            config=Config(**OPTIONS, s3={"addressing_style": "path" if bucket.endpoint_url else "auto"}),
        )
    return _clients[place]


def hang_up() -> None:
    """Close all connections of this process."""
    while _clients:
        _clients.popitem()[1].close()
