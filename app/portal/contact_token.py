"""What stands in a contact form instead of a cookie, which browsers keep from a page in somebody else's frame.

It is signed, ends by itself, is good for the browser and the network that it was given to, and opens one case.
"""

import hashlib
import hmac
import time
from enum import StrEnum
from uuid import uuid4

from flask import request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app.config import deployed
from app.portal.callers import network

LIFETIME = 4 * 60 * 60
QUICKEST = 3  # seconds; nobody reads a form and writes sooner


class Refusal(StrEnum):
    """Why a form has to be sent once more."""

    OLD = "old"
    QUICK = "quick"


def new_token() -> str:
    """One for the form that is shown now."""
    return str(_signer().dumps([uuid4().hex, _client()]))


def read_token(text: str) -> str | Refusal:
    """The name of the form that this token was made for, behind who asks; or why it is not good now."""
    try:
        (name, client), made = _signer().loads(text, max_age=LIFETIME, return_timestamp=True)
    except (BadSignature, ValueError, TypeError):
        return Refusal.OLD
    if client != _client():
        return Refusal.OLD
    return Refusal.QUICK if time.time() - made.timestamp() < QUICKEST else f"contact:{_network()}:{name}"


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(deployed().secret_key, salt="contact")


def _network() -> str:
    """What stands for the network of the asker, and tells nobody which it is."""
    return hmac.digest(deployed().secret_key.encode(), f"contact:{network()}".encode(), "sha256").hex()[:16]


def _client() -> str:
    """This browser, as far as it can be known without a cookie."""
    seen = f"{network()} {request.headers.get('User-Agent', '')}"
    return hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()[:16]
