"""Where contents lie when they lie in S3, or in a store that speaks as S3 does."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec

from app.config.sources import BadConfiguration

WHOLE = "CASEY_S3_"


@dataclass(frozen=True)
class Bucket:
    """A bucket, and how to get at it. Without an endpoint it is Amazon's; keys may also stand where AWS tools look."""

    name: str
    endpoint_url: str | None
    region: str
    prefix: str
    access_key_id: str | None
    secret_access_key: str | None = field(repr=False)


def bucket(environ: Mapping[str, str]) -> Bucket | None:
    """The bucket that the environment names, or None: then contents lie on the local disk. Raises BadConfiguration."""
    name = environ.get("CASEY_S3_BUCKET")
    if not name:
        _check_nothing_else(environ)
        return None
    if find_spec("boto3") is None:
        raise BadConfiguration("CASEY_S3_BUCKET needs boto3, which is missing: pip install -r requirements-s3.txt.")
    key_id, secret = environ.get("CASEY_S3_ACCESS_KEY_ID") or None, environ.get("CASEY_S3_SECRET_ACCESS_KEY") or None
    if (key_id is None) != (secret is None):
        raise BadConfiguration("CASEY_S3_ACCESS_KEY_ID and CASEY_S3_SECRET_ACCESS_KEY are set together or not at all.")
    return Bucket(
        _name(name),
        _endpoint(environ.get("CASEY_S3_ENDPOINT_URL")),
        environ.get("CASEY_S3_REGION") or "us-east-1",
        _prefix(environ.get("CASEY_S3_PREFIX") or ""),
        key_id,
        secret,
    )


def _check_nothing_else(environ: Mapping[str, str]) -> None:
    """Whoever says anything of a bucket means to use one, and his files must not go to the disk instead."""
    named = sorted(name for name, text in environ.items() if name.startswith(WHOLE) and text)
    if named:
        raise BadConfiguration(f"{named[0]} needs CASEY_S3_BUCKET, the name of the bucket.")


def _name(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][\w.-]{1,61}[A-Za-z0-9]", text, re.ASCII):
        raise BadConfiguration(f"CASEY_S3_BUCKET must be the name of a bucket, such as casey-files, not {text}.")
    return text


def _endpoint(text: str | None) -> str | None:
    if text and not re.fullmatch(r"https?://[^/?#@\s]+(/[^?#\s]*)?", text):
        raise BadConfiguration("CASEY_S3_ENDPOINT_URL must be an address, such as https://s3.example.com.")
    return text or None


def _prefix(text: str) -> str:
    if not re.fullmatch(r"[\w./-]{0,200}", text, re.ASCII):
        raise BadConfiguration("CASEY_S3_PREFIX must be made of letters, digits, dots, dashes and slashes.")
    found = text.strip("/")
    return f"{found}/" if found else ""
