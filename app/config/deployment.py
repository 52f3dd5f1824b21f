"""What a process is told once, when it starts, and what cannot be changed at run time: places, addresses, secrets."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.config.bucket import Bucket, bucket
from app.config.sources import BadConfiguration

SHORTEST_SECRET = 32
HIDDEN = "***"


@dataclass(frozen=True)
class Deployment:
    """Where this Casey lives. ``redis_url`` is None when no store was named: then the daemon starts the bundled one.

    ``trusted_proxies`` is how many proxies of ours stand before Casey and say who is asking. The two patiences are how
    many seconds one statement may take in the database, waiting included.
    """

    data_dir: Path
    database_url: str
    redis_url: str | None
    config_file: Path
    base_url: str
    secret_key: str
    host: str
    port: int
    trusted_hosts: tuple[str, ...]
    trusted_proxies: int
    bootstrap_key: str | None
    templates_dir: Path | None
    webhook_allow_private: bool
    request_patience: int
    job_patience: int
    bucket: Bucket | None

    @property
    def secure(self) -> bool:
        """Whether people reach us over https, so that cookies may be marked Secure."""
        return self.base_url.startswith("https://")

    def told(self) -> dict[str, str | None]:
        """Each by the variable that sets it, as people may see it. Addresses of stores hold passwords."""
        return {
            "CASEY_BASE_URL": self.base_url,
            "CASEY_TRUSTED_HOSTS": ", ".join(self.trusted_hosts),
            "CASEY_TRUSTED_PROXIES": str(self.trusted_proxies),
            "HOST": self.host,
            "PORT": str(self.port),
            "CASEY_DATA_DIR": str(self.data_dir),
            "CASEY_CONFIG_FILE": str(self.config_file),
            "CASEY_TEMPLATES_DIR": str(self.templates_dir) if self.templates_dir else None,
            "DATABASE_URL": f"{urlsplit(self.database_url).scheme}:{HIDDEN}",
            "REDIS_URL": HIDDEN if self.redis_url else None,
            "CASEY_SECRET_KEY": HIDDEN,
            "CASEY_BOOTSTRAP_KEY": HIDDEN if self.bootstrap_key else None,
            "CASEY_WEBHOOK_ALLOW_PRIVATE": str(self.webhook_allow_private).lower(),
            "CASEY_REQUEST_PATIENCE": str(self.request_patience),
            "CASEY_JOB_PATIENCE": str(self.job_patience),
            "CASEY_S3_BUCKET": self.bucket.name if self.bucket else None,
        }


def deployment(environ: Mapping[str, str]) -> Deployment:
    """Read the deployment from the environment; makes the data directory and the secret key on first use."""
    data_dir = _directory(environ.get("CASEY_DATA_DIR") or "var")
    host, port = environ.get("HOST") or "127.0.0.1", _port(environ.get("PORT") or "8025")
    base_url = _base_url(environ.get("CASEY_BASE_URL") or f"http://{_reachable(host)}:{port}")
    return Deployment(
        data_dir=data_dir,
        database_url=_database(environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'casey.db'}"),
        redis_url=environ.get("REDIS_URL") or None,
        config_file=Path(environ.get("CASEY_CONFIG_FILE") or data_dir / "config.json").absolute(),
        base_url=base_url,
        secret_key=_secret(environ.get("CASEY_SECRET_KEY")) or _own_secret(data_dir / "secret.key"),
        host=host,
        port=port,
        trusted_hosts=_trusted(base_url, environ.get("CASEY_TRUSTED_HOSTS") or ""),
        trusted_proxies=_few("CASEY_TRUSTED_PROXIES", environ.get("CASEY_TRUSTED_PROXIES") or "0"),
        bootstrap_key=environ.get("CASEY_BOOTSTRAP_KEY") or None,
        templates_dir=_existing(environ.get("CASEY_TEMPLATES_DIR")),
        webhook_allow_private=_flag("CASEY_WEBHOOK_ALLOW_PRIVATE", environ.get("CASEY_WEBHOOK_ALLOW_PRIVATE")),
        request_patience=_seconds("CASEY_REQUEST_PATIENCE", environ.get("CASEY_REQUEST_PATIENCE") or "20"),
        job_patience=_seconds("CASEY_JOB_PATIENCE", environ.get("CASEY_JOB_PATIENCE") or "240"),
        bucket=bucket(environ),
    )


def _directory(text: str) -> Path:
    path = Path(text).absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadConfiguration(f"CASEY_DATA_DIR: {path} cannot be made a directory: {error.strerror}.") from error
    return path


def _existing(text: str | None) -> Path | None:
    if text and not Path(text).is_dir():
        raise BadConfiguration(f"CASEY_TEMPLATES_DIR: {text} is not a directory.")
    return Path(text).absolute() if text else None


def _flag(name: str, text: str | None) -> bool:
    if text not in {None, "", "true", "false"}:
        raise BadConfiguration(f"{name} must be true or false, not {text}.")
    return text == "true"


def _few(name: str, text: str) -> int:
    if not text.isdecimal() or int(text) > 10:
        raise BadConfiguration(f"{name} must be a number from 0 to 10, not {text}.")
    return int(text)


def _seconds(name: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 3600:
        raise BadConfiguration(f"{name} must be a number of seconds from 1 to 3600, not {text}.")
    return int(text)


def _base_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^/?#\s]+/?", text):
        raise BadConfiguration("CASEY_BASE_URL must be an address without a path, such as https://casey.example.com.")
    return text.rstrip("/")


def _secret(text: str | None) -> str | None:
    if text and len(text) < SHORTEST_SECRET:
        raise BadConfiguration(f"CASEY_SECRET_KEY must be at least {SHORTEST_SECRET} characters long.")
    return text or None


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise BadConfiguration(f"PORT must be a number from 1 to 65535, not {text}.")
    return int(text)


def _reachable(host: str) -> str:
    """The name under which a browser on this machine reaches a server that listens on ``host``."""
    if host in {"0.0.0.0", "::"}:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _database(url: str) -> str:
    """Both common spellings of a PostgreSQL address lead to the driver we ship; a SQLite file is named in full."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    file = url.removeprefix("sqlite:///")
    if url.startswith("sqlite") and file in {url, "", ":memory:"}:
        raise BadConfiguration("DATABASE_URL must name a file, such as sqlite:///casey.db: several processes share it.")
    return url if file == url else f"sqlite:///{Path(file).absolute()}"


def _trusted(base_url: str, more: str) -> tuple[str, ...]:
    named = [urlsplit(base_url).hostname or "", *(name.strip() for name in more.split(","))]
    return tuple(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *filter(None, named)]))


def _own_secret(path: Path) -> str:
    """The secret key of this data directory, made once. Two processes starting together agree on one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _existing_secret(path)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
        out.flush()
        os.fsync(out.fileno())
    return _existing_secret(path)


def _existing_secret(path: Path) -> str:
    secret = path.read_text("ascii").strip()
    if len(secret) < SHORTEST_SECRET:
        raise BadConfiguration(f"{path} is too short for a secret key; remove it or set CASEY_SECRET_KEY.")
    return secret
