"""How many calls a minute each caller may make (apiRateLimit), counted in Redis, or here while that is away.

Only what is known is counted by itself: a key, a link, an address. So whoever guesses fills no memory, and all his
guesses count as one caller's, while a key that is good works beside them from the same address.
"""

import time
from collections import Counter
from dataclasses import dataclass
from threading import Lock

from flask import Flask, current_app, g, request
from limits import RateLimitItemPerMinute
from limits.errors import StorageError
from limits.storage import Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter

from app.api.auth import Credentials, credentials, key_behind
from app.cases.links import known_link
from app.config import settings
from app.errors import TooMany
from app.origin import client_at
from app.people.credentials import digest_of
from app.transaction import reading

EXTENSION = "casey.rates"
GUESSES = 60
MINUTE = 60
MOST_NAMES = 10_000


@dataclass(frozen=True)
class Rate:
    """How many calls a minute there are, how many of them are left, and after how many seconds all are again."""

    most: int
    left: int
    seconds: int
    allowed: bool


class Here:
    """The counters of this process. Those of the library would start a thread for most calls, to forget old ones."""

    def __init__(self) -> None:
        self.lock, self.ends, self.made = Lock(), 0, Counter[str]()

    def hit(self, most: int, who: str) -> tuple[bool, int, int]:
        """Count a call, as ``Rates`` does."""
        with self.lock:
            if not 0 < self.ends - time.time() <= MINUTE:
                self.ends, self.made = int(time.time()) + MINUTE, Counter()
            self.made[who] += 1
            return self.made[who] <= most, max(most - self.made[who], 0), self.ends


class Rates:
    """The counters of this process, and those in the store that all processes share."""

    def __init__(self, url: str | None) -> None:
        self.here = Here()
        self.names: dict[str, str] = {}
        self.shared = FixedWindowRateLimiter(_store(url)) if url else None

    def remember(self, digest: str, name: str) -> None:
        """What a secret that is good is counted as, so that it need not be looked up at each call."""
        if len(self.names) >= MOST_NAMES:
            self.names.clear()
        self.names[digest] = name

    def hit(self, most: int, who: str) -> tuple[bool, int, int]:
        """Count a call: whether it may be made, how many more may be, and when (Unix time) counting begins anew."""
        try:
            return _hit(self.shared, RateLimitItemPerMinute(most), who) if self.shared else self.here.hit(most, who)
        except StorageError:
            return self.here.hit(most, who)


def _store(url: str) -> Storage:
    if url.startswith("unix://"):
        url = f"redis+{url}"
    found = storage_from_string(url, wrap_exceptions=True, socket_connect_timeout=0.5, socket_timeout=1.0)
    assert isinstance(found, Storage)
    return found


def _hit(counter: FixedWindowRateLimiter, item: RateLimitItemPerMinute, who: str) -> tuple[bool, int, int]:
    allowed = counter.hit(item, who)
    window = counter.get_window_stats(item, who)
    return allowed, window.remaining, int(window.reset_time)


def set_up_rates(app: Flask, url: str | None) -> None:
    """Give the application its counters."""
    app.extensions[EXTENSION] = Rates(url)


def count_call() -> None:
    """Raises TooMany for a caller who has made his calls of this minute, or from where too many keys were guessed."""
    found = credentials()
    known = _known(found) if found.secret else f"address:{_address()}"
    if known:
        most = settings().api_rate_limit
        _count(most, known, f"At most {most} calls a minute")
    else:
        count_guess()


def count_guess() -> None:
    """Raises TooMany for whoever has guessed too often, from wherever that comes."""
    _count(GUESSES, f"guesses:{_address()}", f"At most {GUESSES} calls a minute with a key that opens nothing")


def _known(found: Credentials) -> str | None:
    """Whose calls these are, by a key or a link that there is; or was lately, which makes no guess of it."""
    rates: Rates = current_app.extensions[EXTENSION]
    digest = f"{found.scheme}:{digest_of(found.secret)}"
    if digest not in rates.names:
        with reading():
            key = key_behind(found)
            link = known_link(found.secret) if found.scheme == "link" else None
        if not key and not link:
            return None
        rates.remember(digest, f"key:{key.id}" if key else f"link:{link}")
    return rates.names[digest]


def _address() -> str:
    """Where a call comes from."""
    return client_at(request.remote_addr or "")


def _count(most: int, who: str, rule: str) -> None:
    rates: Rates = current_app.extensions[EXTENSION]
    allowed, left, resets_at = rates.hit(most, who)
    seconds = max(resets_at - int(time.time()), 1)
    g.rate = Rate(most, left, seconds, allowed)
    if not allowed:
        raise TooMany(f"{rule}; try again in {seconds} seconds.")


def rate() -> Rate | None:
    """What was counted of this call, if anything was."""
    found: Rate | None = g.get("rate")
    return found
