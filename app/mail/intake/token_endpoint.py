"""Asking a provider for an access token: the refresh token grant, or the client's own (RFC 6749, 6 and 4.4)."""

import json
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException
from ipaddress import ip_address
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from app.clock import now
from app.config import settings

TIMEOUT = 10.0
LARGEST_ANSWER = 64 * 1024
USUAL_LIFE = 3600
MASK = "***"


class NoToken(Exception):
    """No access token can be had; the text says why, for an operator, and holds no secret."""


@dataclass(frozen=True)
class Granted:
    """An access token, until when it serves, and the refresh token that takes the place of the one we showed."""

    access_token: str = field(repr=False)
    expires_at: datetime
    refresh_token: str | None = field(repr=False)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A secret goes where the operator said and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def ask(refresh_token: str | None) -> Granted:
    """Get an access token. Raises NoToken."""
    known = settings()
    if known.oauth_token_url is None or known.oauth_client_id is None:
        raise NoToken("Signing in by xoauth2 needs the settings oauthTokenUrl and oauthClientId.")
    _check_private(known.oauth_token_url)
    form = {
        "grant_type": "refresh_token" if refresh_token else "client_credentials",
        "refresh_token": refresh_token,
        "client_id": known.oauth_client_id,
        "client_secret": known.oauth_client_secret,
        "scope": known.oauth_scope,
    }
    asked = now()
    answer = _post(known.oauth_token_url, {name: value for name, value in form.items() if value})
    return _granted(answer, asked)


def _check_private(url: str) -> None:
    """Secrets travel through TLS, or not beyond this machine."""
    if not url.startswith("https://") and not (url.startswith("http://") and _is_loopback(urlsplit(url).hostname)):
        raise NoToken("oauthTokenUrl must begin with https://, since secrets are sent there.")


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _post(url: str, form: dict[str, str]) -> Any:
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({}),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        _NoRedirect(),
    )
    request = urllib.request.Request(url, urlencode(form).encode(), {"Accept": "application/json"})
    try:
        with opener.open(request, timeout=TIMEOUT) as answer:
            return json.loads(answer.read(LARGEST_ANSWER))
    except urllib.error.HTTPError as error:
        with error:
            _refused(error, form)
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error or type(error).__name__
        raise NoToken(f"The provider of access tokens cannot be reached: {reason}") from None
    except (ValueError, RecursionError):
        raise NoToken("The provider of access tokens answered something that is not JSON.") from None


def _refused(error: urllib.error.HTTPError, form: dict[str, str]) -> NoReturn:
    try:
        answer = json.loads(error.read(LARGEST_ANSWER))
        words = ": ".join(str(answer[name]) for name in ("error", "error_description") if answer.get(name))
    except (OSError, HTTPException, ValueError, RecursionError, AttributeError):
        words = ""
    secrets = [form[name] for name in ("refresh_token", "client_secret") if name in form]
    said = without(words, *secrets)[:300] or f"it answered with status {error.code}"
    raise NoToken(f"The provider gives no access token: {said}") from None


def _granted(answer: Any, asked: datetime) -> Granted:
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not token.isascii() or not token.isprintable():
        raise NoToken("The provider of access tokens answered without one.")
    renewed = answer.get("refresh_token")
    return Granted(
        token,
        asked + timedelta(seconds=_seconds(answer.get("expires_in"))),
        renewed if isinstance(renewed, str) and renewed else None,
    )


def _seconds(value: Any) -> int:
    """How long a token serves; providers say it as a number or as text, or not at all."""
    text = str(value)
    return min(int(text), 86_400) if text.isdecimal() and len(text) < 10 else USUAL_LIFE


def without(words: str, *secrets: str | None) -> str:
    """The words of somebody else, with our secrets masked, should he repeat them."""
    for secret in filter(None, secrets):
        words = words.replace(secret, MASK)
    return words
